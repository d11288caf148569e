// @vitest-environment happy-dom
import { expect, it } from 'vitest'
import type { TopicItem } from '../api/schema'
import type { NetworkNames } from '../networks/useNetwork'
import { drawing, sees } from '../screen.testing'
import { Elsewhere } from './Elsewhere'

const { draw } = drawing()
const names = { zone: 'Asia/Dubai' } as unknown as NetworkNames
const line = (number: number, what: string, startAfter: string) =>
  [
    `activity/${number}`,
    { type: 'activity', number, what, engagement: 'e-1', title: 'Clinic', startAfter } as unknown as TopicItem,
  ] as const
const shown = () => document.querySelector('[data-elsewhere]')?.textContent
const link = () => document.querySelector<HTMLAnchorElement>('[data-elsewhere] a')

it('leads from the address of an engagement to the week that it last moved to', async () => {
  const items = new Map([
    line(4, 'movedAway', '2026-12-08T07:00:00Z'),
    line(9, 'movedAway', '2026-12-13T21:30:00Z'),
    line(11, 'undone', '2026-12-01T07:00:00Z'),
  ])
  draw('/', <Elsewhere network="ehs" name="changeTime" id="e-1" items={items} names={names} close={() => undefined} />)
  // Half past one on Monday 14 December in Dubai.
  await sees(() => expect(shown()).toContain('01:30'))
  expect(link()!.getAttribute('href')).toBe('/board/ehs/2026-W51?changeTime=e-1')
})

it('says that an engagement is not in the week if the board does not know where it is', async () => {
  draw('/', <Elsewhere network="ehs" name="show" id="e-1" items={new Map()} names={names} close={() => undefined} />)
  await sees(() => expect(shown()).toContain('does not have it'))
  expect(link()).toBeNull()
})
