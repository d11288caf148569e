// @vitest-environment happy-dom
import { expect, it, vi } from 'vitest'
import { App } from '../App'
import { button, done, refusal, said, talking, write } from '../hub.testing'
import { drawing, sees, somebody } from '../screen.testing'

vi.mock('../live/useTopic', async () => (await import('../hub.testing')).noLive)

const { draw } = drawing()
const { answers, sent, asked } = talking()

const account = (person: string, name: string, email: string | null = `${person}@clinic.example`) => ({
  key: `account/${person}`,
  version: 1,
  person,
  userName: person,
  name: { en: name },
  email,
  deactivated: false,
  demo: false,
  grants: [],
})
const [omar, rami] = [account('p-1', 'Omar Aziz'), account('p-2', '=Rami()', null)]

function administrating(byMail: boolean) {
  answers['GET /api/session'] = { ...somebody('administrator'), person: 'p-9', network: null, factor: 'given' }
  answers['GET /api/roles'] = []
  answers['GET /api/session/reset'] = { byMail }
  answers['GET /api/mail'] = { on: byMail, waiting: 0, deferred: 0, failed: [] }
  answers['GET /api/people?skip=0&take=50'] = { people: [omar, rami], total: 2 }
  answers['GET /api/people?invitable=true&skip=0&take=50'] = { people: [omar, rami], total: 2 }
  answers['GET /api/people?invitable=true&skip=0&take=2'] = { people: [omar, rami], total: 2 }
  answers['GET /api/people/p-1'] = omar
}
const boxes = () => [...document.querySelectorAll<HTMLInputElement>('tbody input[type=checkbox]')]

async function chooseAll() {
  draw('/accounts', <App />)
  await sees(() => expect(button('Invite several people')).toBeTruthy())
  button('Invite several people').click()
  await sees(() => expect(boxes().length).toBe(2))
  expect(location.search).toBe('?choose=1')
  button('Choose all 2 people found').click()
  await sees(() => expect(said('[data-choice]')).toContain('2 people are chosen'))
  button('Go on').click()
  await sees(() => expect(document.querySelector('[data-many]')).not.toBeNull())
}

it('invites all people who have not signed in yet by mail, and says who got none and why', async () => {
  administrating(true)
  answers['POST /api/invitations/many'] = {
    people: [
      { person: 'p-1', outcome: 'mailed', until: '2099-01-02T09:00:00Z' },
      { person: 'p-2', outcome: 'refused', code: 'mail.no-address' },
    ],
  }
  await chooseAll()
  button('Send').click()
  await sees(() => expect(said('[data-outcome]')).toContain('1 mail is on its way'))
  expect(said('[data-outcome] [role=alert]')).toMatch(/The account has no e-mail address.*=Rami\(\)/)
  expect(document.querySelector('[data-save]')).toBeNull()
  expect(sent.map((s) => s.body)).toEqual([{ people: ['p-1', 'p-2'], resetsFactors: false, byMail: true }])
})

it('gives a table of links to hand over, which also reset second factors, and in which no name is a formula', async () => {
  administrating(false)
  answers['POST /api/invitations/many'] = {
    people: [
      { person: 'p-1', outcome: 'link', link: '/invitation#p-1.one', until: '2099-01-02T09:00:00Z' },
      { person: 'p-2', outcome: 'link', link: '/invitation#p-2.two', until: '2099-01-02T09:00:00Z' },
    ],
  }
  await chooseAll()
  expect(document.querySelector<HTMLInputElement>('[data-many] input[value=mail]')!.disabled).toBe(true)
  document.querySelector<HTMLInputElement>('[data-many] input[name=resetsFactors]')!.click()
  button('Make the links').click()
  await sees(() => expect(document.querySelector('[data-save]')).not.toBeNull())
  const table = decodeURIComponent(document.querySelector<HTMLAnchorElement>('[data-save]')!.href.split(',').slice(1).join(','))
  const rows = table.replace('\ufeff', '').trim().split('\r\n')
  expect(rows[0]).toBe('Name,User name,E-mail,Link,Valid until')
  expect(rows[1]).toContain(`Omar Aziz,p-1,p-1@clinic.example,${location.origin}/invitation#p-1.one,`)
  expect(rows[2]).toContain('"\'=Rami()",p-2,,')
  expect(sent.map((s) => s.body)).toEqual([{ people: ['p-1', 'p-2'], resetsFactors: true, byMail: false }])
})

it('chooses people one by one, and also those who have signed in', async () => {
  administrating(true)
  draw('/accounts?choose=1', <App />)
  await sees(() => expect(boxes().length).toBe(2))
  boxes()[1]!.click()
  await sees(() => expect(said('[data-choice]')).toContain('1 person is chosen'))
  document.querySelector<HTMLInputElement>('[data-choice] input[type=checkbox]')!.click()
  await sees(() => expect(location.search).toBe('?choose=1&new=0'))
  expect(asked).toContain('/api/people?skip=0&take=50')
  button('Finish').click()
  await sees(() => expect(boxes().length).toBe(0))
  expect(location.pathname + location.search).toBe('/accounts')
})

it('sends a single link by mail, and shows on the page of the person what became of it', async () => {
  administrating(true)
  const mail = { id: 'm-1', person: 'p-1', kind: 'reset', at: '2026-11-24T09:00:00Z', tries: 0 }
  answers['GET /api/people/p-1/mails'] = []
  answers['POST /api/invitations'] = { until: '2099-01-02T09:00:00Z' }
  draw('/accounts/p-1', <App />)
  await sees(() => expect(button('New link')).toBeTruthy())
  expect(document.querySelector('[data-mail]')).toBeNull()
  button('New link').click()
  await sees(() => expect(button('Send')).toBeTruthy())
  answers['GET /api/people/p-1/mails'] = [{ ...mail, state: 'undeliverable', tries: 1, why: '550 No such person here' }]
  button('Send').click()
  await sees(() => expect(said('[data-mailed]')).toContain('The mail to Omar Aziz is on its way'))
  expect(sent.map((s) => s.body)).toEqual([{ person: 'p-1', resetsFactors: false, byMail: true }])
  await sees(() => expect(said('[data-mail=undeliverable]')).toContain('Link for a new password: could not be delivered'))
  expect(said('[data-mail]')).toContain('The mail server said: 550 No such person here')
})

it('tells administrators which mails could not be delivered', async () => {
  administrating(true)
  answers['GET /api/mail'] = {
    on: true,
    waiting: 4,
    deferred: 3,
    why: '451 Come back later',
    failed: [{ id: 'm-1', person: 'p-1', kind: 'invitation', state: 'undeliverable', at: '2026-11-24T09:00:00Z', tries: 1 }],
  }
  draw('/accounts', <App />)
  await sees(() => expect(said('[data-mail-trouble]')).toContain('Omar Aziz'))
  expect(said('[data-mail-trouble]')).toContain('3 mails wait')
  expect(said('[data-mail-trouble]')).toContain('451 Come back later')
})

it('lets people ask for a new password themselves, in the language of the page', async () => {
  answers['GET /api/session'] = refusal(401, 'session.none')
  answers['GET /api/session/reset'] = { byMail: true }
  answers['POST /api/session/reset'] = Response.json({ byMail: true }, { status: 202 })
  draw('/', <App />, 'ko')
  await sees(() => expect(button('비밀번호를 잊으셨나요?')).toBeTruthy())
  write('input[name=userName]', 'noor')
  button('비밀번호를 잊으셨나요?').click()
  await sees(() => expect(document.querySelector<HTMLInputElement>('[data-forgotten] input[name=userName]')!.value).toBe('noor'))
  button('링크 보내기').click()
  await sees(() => expect(said('[data-forgotten] [role=status]')).toContain('메일이 곧 도착합니다'))
  expect(sent.map((s) => s.body)).toEqual([{ userName: 'noor', language: 'ko' }])
  button('로그인으로 돌아가기').click()
  await sees(() => expect(document.querySelector('input[name=password]')).not.toBeNull())
})

it('says whom to ask for a new password if the hub sends no mail', async () => {
  answers['GET /api/session'] = refusal(401, 'session.none')
  answers['GET /api/session/reset'] = { byMail: false }
  answers['POST /api/session'] = done()
  draw('/', <App />)
  await sees(() => expect(said()).toContain('ask your administrator or coordinator for a new link'))
  expect(button('Forgotten your password?')).toBeUndefined()
})
