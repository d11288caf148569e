// @vitest-environment happy-dom
import { expect, it } from 'vitest'
import { said } from '../hub.testing'
import type { NetworkNames } from '../networks/useNetwork'
import type { Engagement } from '../rostering/roster'
import { drawing, sees, somebody } from '../screen.testing'
import { ViewerContext } from '../viewer/useViewer'
import { EngagementCard } from './EngagementCard'

const { draw } = drawing()
const engagement = {
  type: 'engagement',
  id: 'e-1',
  version: 1,
  kind: 'consultation',
  title: 'Clinic',
  hospital: 'h',
  room: 'r',
  consultants: ['c-kim'],
  attention: [],
  status: 'confirmed',
  start: '2099-11-24T07:00:00Z',
  end: '2099-11-24T08:00:00Z',
} as unknown as Engagement

const card = async (contact: string | undefined, room: string | null = 'r') => {
  const names = {
    zone: 'Asia/Dubai',
    network: { duty: [] },
    hospital: () => ({ timeZone: 'Asia/Dubai', contact }),
    hospitalName: () => 'Hospital',
    roomName: (_: string, id: string | null) => (id ? 'Room 1' : ''),
    personName: (id: string) => id,
  } as unknown as NetworkNames
  draw(
    `/?${contact ?? ''}${room ?? ''}`,
    <ViewerContext.Provider value={{ ...somebody('consultant'), person: 'c-kim' }}>
      <EngagementCard engagement={{ ...engagement, room }} names={names} network="ehs" home={null} me="c-kim" />
    </ViewerContext.Provider>,
  )
  const place = room ? 'Room 1' : 'Remote'
  await sees(() => expect(said('[data-engagement]')).toContain(`${place} · Hospital`))
  return said('[data-engagement]')
}

it('tells a consultant on the phone who to ask at the hospital', async () => {
  expect(await card('Ward office, extension 12')).toContain('Who to ask there: Ward office, extension 12')
})

it.each([
  ['the hospital has named nobody', undefined, 'r'],
  ['the work is remote', 'Ward office, extension 12', null],
])('says nothing of this if %s', async (_, contact, room) => {
  expect(await card(contact, room)).not.toContain('Who to ask there')
})
