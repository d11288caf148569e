// @vitest-environment happy-dom
import { expect, it } from 'vitest'
import type { NetworkNames } from '../networks/useNetwork'
import { drawing, sees, somebody } from '../screen.testing'
import { ViewerContext } from '../viewer/useViewer'
import { Details } from './Details'
import { type Engagement, type HistoryEntry, historyUrl, mayUndo } from './roster'
import { useRosterCommand } from './useRosterCommand'

const { answers, draw } = drawing()
const names = {
  zone: 'Asia/Dubai',
  hospital: () => undefined,
  hospitalName: () => 'Hospital',
  roomName: () => '',
  personName: (id: string) => id,
  specialtyName: () => 'Cardiology',
  consultant: () => undefined,
} as unknown as NetworkNames
const engagement = {
  type: 'engagement',
  id: 'e-1',
  version: 7,
  kind: 'consultation',
  title: 'Clinic',
  hospital: 'h',
  consultants: [],
  attention: [],
  status: 'planned',
  start: '2099-11-24T07:00:00Z',
  end: '2099-11-24T08:00:00Z',
} as unknown as Engagement
const entry = (version: number, what: HistoryEntry['what']) =>
  ({
    version,
    what,
    at: '2099-11-23T07:00:00Z',
    by: 'p-1',
    role: 'coordinator',
    commandId: String(version),
    before: engagement,
    after: engagement,
  }) as unknown as HistoryEntry

it('can take back moves and progress, also after they were acknowledged, and nothing else', () => {
  expect(mayUndo([entry(3, 'acknowledged'), entry(2, 'emergencyMoved'), entry(1, 'planned')])).toBe(true)
  expect(mayUndo([entry(2, 'cancelled')])).toBe(true)
  for (const what of ['planned', 'accepted', 'declined', 'undone', 'movedIn', 'attentionChanged'] as const)
    expect([what, mayUndo([entry(4, what), entry(3, 'confirmed')])]).toEqual([what, false])
})

function Opened() {
  const command = useRosterCommand('ehs', '2099-W48')
  const nothing = () => undefined
  return (
    <ViewerContext.Provider value={somebody('coordinator')}>
      <Details
        network="ehs"
        week="2099-W48"
        engagement={engagement}
        names={names}
        readOnly={false}
        command={command}
        ask={nothing}
        close={nothing}
      />
    </ViewerContext.Provider>
  )
}

const lines = () => document.querySelectorAll('[data-history] li').length
const offers = () => [...document.querySelectorAll('button')].some((button) => button.textContent === 'Undo last change')

it.each([
  ['confirmed', true],
  ['planned', false],
] as const)('if the last change is %s, offers to take it back: %s', async (what, offered) => {
  answers[historyUrl('ehs', '2099-W48', 'engagement', 'e-1')] = [entry(7, what)]
  draw('/', <Opened />)
  await sees(() => expect(lines()).toBe(1))
  await sees(() => expect(offers()).toBe(offered))
})
