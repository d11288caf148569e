// @vitest-environment happy-dom
import { expect, it } from 'vitest'
import type { NetworkNames } from '../networks/useNetwork'
import { said } from '../hub.testing'
import { drawing, sees, somebody } from '../screen.testing'
import { ViewerContext } from '../viewer/useViewer'
import { Details } from './Details'
import { type Engagement, historyUrl } from './roster'
import { useRosterCommand } from './useRosterCommand'

const { answers, draw } = drawing()

const namesWith = (hospital: object, consultant: object) =>
  ({
    zone: 'Asia/Dubai',
    hospital: () => ({ timeZone: 'Asia/Dubai', ...hospital }),
    hospitalName: () => 'Hospital',
    roomName: () => 'Hall',
    personName: (id: string) => id,
    specialtyName: () => 'Cardiology',
    consultant: () => ({ homeTimeZone: 'Asia/Seoul', ...consultant }),
  }) as unknown as NetworkNames
const engagement = {
  type: 'engagement',
  id: 'e-1',
  version: 7,
  kind: 'lecture',
  title: 'Lecture',
  hospital: 'h',
  room: 'hall',
  consultants: ['c-kim'],
  attention: [],
  needs: [],
  status: 'planned',
  start: '2099-11-24T07:00:00Z',
  end: '2099-11-24T08:00:00Z',
} as unknown as Engagement

function Opened({ names, needs }: { names: NetworkNames; needs: string[] }) {
  const command = useRosterCommand('ehs', '2099-W48')
  const nothing = () => undefined
  return (
    <ViewerContext.Provider value={somebody('coordinator')}>
      <Details
        network="ehs"
        week="2099-W48"
        engagement={{ ...engagement, needs }}
        names={names}
        readOnly={false}
        command={command}
        ask={nothing}
        close={nothing}
      />
    </ViewerContext.Provider>
  )
}

const facts = async (hospital: object, consultant: object, needs: string[] = []) => {
  answers[historyUrl('ehs', '2099-W48', 'engagement', 'e-1')] = []
  draw(`/?${needs.length}`, <Opened names={namesWith(hospital, consultant)} needs={needs} />)
  await sees(() => expect(document.querySelector('[data-details] dl')).not.toBeNull())
  await sees(() => expect(said('[data-details] dl').includes('Projector')).toBe(needs.length > 0))
  return said('[data-details] dl')
}

it('says who to ask at the hospital, how to reach the consultant, and what is needed in the room', async () => {
  const none = await facts({}, {})
  for (const text of ['Who to ask there', 'Needed in the room', '+82']) expect(none).not.toContain(text)
  const all = await facts({ contact: 'Ward office, extension 12' }, { contact: '+82 2 3010 3114' }, ['Projector', 'Microphones'])
  expect(all).toContain('Who to ask thereWard office, extension 12')
  expect(all).toContain('c-kim+82 2 3010 3114')
  expect(all).toContain('Needed in the roomProjector · Microphones')
})
