// @vitest-environment happy-dom
import { expect, it } from 'vitest'
import type { SessionCheck } from '../api/schema'
import { drawing, sees } from '../screen.testing'
import { SessionFindings } from './SessionFindings'

const { draw } = drawing()
const refused = { code: 'roster.room-overlap', message: '', overridable: false } as SessionCheck['notBooked'][number]
const other = { code: 'session.room-overlap', what: 'Hall', title: 'Other', start: '2099-11-24T06:00:00Z', duration: '00:45:00' }
const overlap = other as SessionCheck['overlaps'][number]
const show = (check: SessionCheck, draft = true) => draw('/', <SessionFindings check={check} zone="Asia/Dubai" draft={draft} />)
const text = () => document.querySelector('[data-check]')?.textContent ?? ''

it('calls a session possible if it only overlaps another one', async () => {
  show({ findings: [], notBooked: [], overlaps: [overlap] })
  await sees(() => expect(text()).toContain('Possible, but something else takes place at the same time'))
})

it('does not call a session possible if its roster would refuse it', async () => {
  show({ findings: [], notBooked: [refused], overlaps: [overlap] })
  await sees(() => expect(text()).toContain('would refuse this. On publishing, what it refuses stays as it is; the rest is published'))
  expect(text()).toContain('Something else takes place at the same time')
  expect(text()).not.toContain('Possible')
})

it('does not call a forbidden move possible', async () => {
  show({ findings: [refused], notBooked: [], overlaps: [overlap] }, false)
  await sees(() => expect(text()).toContain('Something else takes place at the same time'))
  expect(text()).not.toContain('Possible')
})
