// @vitest-environment happy-dom
import { expect, it, vi } from 'vitest'
import { button, done, refusal, said, talking } from '../../hub.testing'
import { drawing, sees } from '../../screen.testing'
import { Registration } from './Registration'

vi.mock('../../live/useTopic', async () => (await import('../../hub.testing')).noLive)

const { draw } = drawing()
const { answers, sent } = talking()
const mine = 'GET /api/conferences/c-1/registration/mine'
const state = () => document.querySelector<HTMLElement>('[data-registration]')?.dataset.registration

it('registers the reader, takes the registration back, and says so', async () => {
  const registered = vi.fn()
  answers[mine] = [
    Response.json({ state: 'open', registered: false, own: false }),
    Response.json({ state: 'open', registered: true, own: true }),
    Response.json({ state: 'open', registered: false, own: false }),
  ]
  answers['PUT /api/conferences/c-1/registration/mine'] = done()
  answers['DELETE /api/conferences/c-1/registration/mine'] = done()
  draw('/', <Registration conference="c-1" done={registered} />)
  await sees(() => expect(state()).toBe('open'))
  button('Register for this conference').click()
  await sees(() => expect(state()).toBe('registered'))
  expect(registered).toHaveBeenCalledOnce()
  button('Cancel my registration').click()
  await sees(() => expect(state()).toBe('open'))
  expect(sent.map((s) => s.method).filter((m) => m !== 'GET')).toEqual(['PUT', 'DELETE'])
})

it('says why the reader could not register', async () => {
  answers[mine] = { state: 'open', registered: false, own: false }
  answers['PUT /api/conferences/c-1/registration/mine'] = refusal(409, 'registration.closed')
  draw('/', <Registration conference="c-1" />)
  await sees(() => expect(state()).toBe('open'))
  button('Register for this conference').click()
  await sees(() => expect(said('[role=alert]')).not.toBe(''))
  expect(state()).toBe('open')
})

it('says that the organiser registers people, and says nothing to people who attend anyway', async () => {
  answers[mine] = { state: 'closed', registered: false, own: false }
  draw('/', <Registration conference="c-1" />)
  await sees(() => expect(document.body.textContent).toContain('The organiser registers them.'))
  expect(document.querySelector('button')).toBeNull()

  answers[mine] = { state: 'open', registered: true, own: false }
  draw('/other', <Registration conference="c-1" />)
  await sees(() => expect(state()).toBeUndefined())
})
