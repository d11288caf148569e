// @vitest-environment happy-dom
import { beforeEach, expect, it, vi } from 'vitest'
import { button, done, fault, refusal, said, talking, write } from '../hub.testing'
import { drawing, sees } from '../screen.testing'
import InvitationPage from './InvitationPage'
import SetupPage from './SetupPage'

vi.mock('../live/useTopic', async () => (await import('../hub.testing')).noLive)

const { draw } = drawing()
const { answers, sent } = talking()
const left: string[] = []
beforeEach(() => {
  left.length = 0
  vi.spyOn(location, 'replace').mockImplementation((address) => void left.push(String(address)))
})
const value = (selector: string) => document.querySelector<HTMLInputElement>(selector)!.value
const submit = () => document.querySelector<HTMLButtonElement>('button[type=submit]')!

async function fillSetup() {
  await sees(() => expect(document.querySelector('input[name=userName]')).not.toBeNull())
  write('input[name=name]', 'Noor Haddad')
  write('input[name=userName]', 'noor')
  write('input[name=new-password]', 'four long words here')
  submit().click()
}

it('makes the first account with the secret of the link, and goes on to the second factor', async () => {
  answers['POST /api/setup'] = done()
  draw('/setup#secret-1', <SetupPage />)
  await fillSetup()
  await sees(() => expect(left).toEqual(['/account']))
  expect(sent.map((s) => s.body)).toEqual([{ token: 'secret-1', userName: 'noor', password: 'four long words here', name: 'Noor Haddad' }])
  expect(said()).toContain('It gives roles and takes them away')
})

it('puts a refusal of the setup next to its field, and keeps what was typed', async () => {
  answers['POST /api/setup'] = [refusal(400, 'account.bad-user-name', '$.userName'), refusal(400, 'password.weak')]
  draw('/setup#secret-1', <SetupPage />)
  await fillSetup()
  await sees(() => expect(fault('input[name=userName]')).toContain('A user name has 2 to 64 characters'))
  submit().click()
  await sees(() => expect(fault('input[name=new-password]')).toContain('too short or too easy'))
  expect(fault('input[name=userName]')).toBeUndefined()
  expect([value('input[name=name]'), value('input[name=new-password]')]).toEqual(['Noor Haddad', 'four long words here'])
})

it('says how to get a new setup link', async () => {
  answers['POST /api/setup'] = refusal(404, 'link.unknown')
  draw('/setup#used', <SetupPage />)
  await fillSetup()
  await sees(() => expect(said('[role=alert]')).toContain('Start the hub again'))
  expect(left).toEqual([])
})

const preview = { person: 'p-9', name: { en: 'Omar Aziz' }, userName: 'omar', until: '2099-01-02T09:00:00Z', resetsFactors: false }

it('says whom an invitation is for, and signs in with the new password', async () => {
  answers['POST /api/invitations/preview'] = preview
  answers['POST /api/invitations/acceptance'] = [refusal(400, 'password.weak'), done()]
  draw('/invitation#secret-2', <InvitationPage />)
  await sees(() => expect(said()).toContain('Hello Omar Aziz'))
  expect(said()).toContain('User name: omar')
  expect(said()).toMatch(/until 2 Jan 2099/)
  write('input[name=new-password]', 'short')
  button('Set the password and sign in').click()
  await sees(() => expect(fault('input[name=new-password]')).toContain('too short'))
  expect(value('input[name=new-password]')).toBe('short')
  write('input[name=new-password]', 'four long words here')
  button('Set the password and sign in').click()
  await sees(() => expect(left).toEqual(['/']))
  expect(sent.at(-1)!.body).toEqual({ token: 'secret-2', password: 'four long words here' })
})

it.each([
  ['a wrong link', '/invitation#wrong'],
  ['a link without its secret', '/invitation'],
])('says what to do about %s', async (_, address) => {
  answers['POST /api/invitations/preview'] = refusal(404, 'link.unknown')
  draw(address, <InvitationPage />)
  await sees(() => expect(said('[role=alert]')).toContain('Ask the person who sent it for a new link'))
  expect(document.querySelector('input[type=password]')).toBeNull()
})

it('says what to do when the link was used meanwhile', async () => {
  answers['POST /api/invitations/preview'] = preview
  answers['POST /api/invitations/acceptance'] = refusal(404, 'link.unknown')
  draw('/invitation#secret-3', <InvitationPage />)
  await sees(() => expect(document.querySelector('input[name=new-password]')).not.toBeNull())
  write('input[name=new-password]', 'four long words here')
  button('Set the password and sign in').click()
  await sees(() => expect(said('[role=alert]')).toContain('Ask the person who sent it'))
})
