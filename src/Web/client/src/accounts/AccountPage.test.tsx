// @vitest-environment happy-dom
import { expect, it, vi } from 'vitest'
import { App } from '../App'
import { button, done, fault, refusal, said, talking, write } from '../hub.testing'
import { drawing, sees, somebody } from '../screen.testing'
import { screens } from '../screens'

vi.mock('../live/useTopic', async () => (await import('../hub.testing')).noLive)

const { draw } = drawing()
const { answers, sent } = talking()
const role = {
  id: 'g-1',
  role: 'coordinator',
  scope: { network: 'ehs', hospitals: [] },
  from: '2020-01-01T00:00:00Z',
  until: null,
  by: 'p-2',
}
const account = { person: 'p-1', userName: 'noor', name: somebody('coordinator').name, email: null, demo: false, roles: [role] }
const signIn = (id: string, current: boolean) => ({
  id,
  current,
  at: '2026-11-20T08:00:00Z',
  seenAt: '2026-11-20T09:00:00Z',
  until: '2026-12-20T08:00:00Z',
  address: '192.0.2.7',
  device: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
})
const inside = screens.map((s) => (s.path === '/conferences' ? { ...s, load: async () => ({ default: () => <p>conferences</p> }) } : s))

function signedIn(factor: 'none' | 'given' | 'missing', totp = factor === 'given') {
  answers['GET /api/session'] = { ...somebody('coordinator'), factor }
  answers['GET /api/me'] = {
    ...account,
    totp,
    recoveryCodes: totp ? 10 : 0,
    passkeys: 0,
    needsFactor: factor === 'missing',
    hasPassword: true,
  }
  answers['GET /api/me/passkeys'] = []
  answers['GET /api/me/sign-ins'] = [signIn('s-1', true), signIn('s-2', false)]
  answers['GET /api/tokens'] = []
  answers['GET /api/networks'] = [{ network: { id: 'ehs', name: { en: 'Emirates Health' }, partners: [] }, currentWeek: '2026-W48' }]
}

it('leads everybody who lacks the second factor to the account, and lets them go on after it is set up', async () => {
  signedIn('missing')
  answers['POST /api/me/totp'] = [
    refusal(400, 'password.wrong', '$.password'),
    Response.json({ key: 'ABCD EFGH', uri: 'otpauth://totp/noor', qr: '<svg/>' }),
  ]
  answers['PUT /api/me/totp'] = [refusal(400, 'session.code-denied'), Response.json({ recoveryCodes: ['k3x9-1', 'p7q2-2'] })]
  draw('/conferences?day=2', <App inside={inside} />)
  await sees(() => expect(button('Set up an app')).toBeTruthy())
  expect(location.pathname).toBe('/account')
  expect(said('main')).toContain('One of your roles demands a second factor')
  expect(document.querySelector('header nav a')).toBeNull()
  button('Set up an app').click()
  for (const password of ['mistyped', 'four long words here']) {
    await sees(() => expect(document.querySelector('[role=dialog] input[name=password]')).not.toBeNull())
    write('[role=dialog] input[name=password]', password)
    button('Go on').click()
    await sees(() => expect(sent.at(-1)).toMatchObject({ url: '/api/me/totp', body: { password } }))
    if (password === 'mistyped') await sees(() => expect(fault('input[name=password]')).toBe('The present password is wrong.'))
  }
  await sees(() => expect(document.querySelector('[data-qr]')?.getAttribute('alt')).toBe('QR code for the authenticator app'))
  expect(document.querySelector<HTMLInputElement>('[data-secret]')!.value).toBe('ABCD EFGH')
  write('input[name=code]', '111111')
  button('Switch it on').click()
  await sees(() => expect(fault('input[name=code]')).toContain('The code is wrong'))
  signedIn('given')
  write('input[name=code]', '222222')
  button('Switch it on').click()
  await sees(() => expect(said('[data-codes]')).toContain('k3x9-1'))
  // The codes stay although the hub now lets the person in everywhere.
  await sees(() => expect(document.querySelector('header nav a[href="/conferences"]')).not.toBeNull())
  expect(said('[data-codes]')).toContain('p7q2-2')
  button('I have kept the codes').click()
  await sees(() => expect(said('[data-second-factor=true]')).toContain('The second factor is on'))
  const on = [...document.querySelectorAll<HTMLAnchorElement>('main a')].find((a) => a.getAttribute('href') === '/conferences?day=2')!
  on.click()
  await sees(() => expect(said('main')).toBe('conferences'))
})

it('asks somebody who came by an institution and has an app for its code, and for nothing else', async () => {
  signedIn('missing', true)
  answers['POST /api/session/factor'] = [refusal(400, 'session.code-denied', '$.code'), done()]
  draw('/conferences?day=2', <App inside={inside} />)
  await sees(() => expect(button('Give the second factor')).toBeTruthy())
  expect(said('main')).not.toContain('Set up your second factor first')
  button('Give the second factor').click()
  await sees(() => expect(document.querySelector('[role=dialog] input[name=code]')).not.toBeNull())
  write('[role=dialog] input[name=code]', '111111')
  document.querySelector<HTMLButtonElement>('[role=dialog] button[type=submit]')!.click()
  await sees(() => expect(fault('[role=dialog] input[name=code]')).toContain('The code is wrong'))
  signedIn('given', true)
  write('[role=dialog] input[name=code]', '222222')
  document.querySelector<HTMLButtonElement>('[role=dialog] button[type=submit]')!.click()
  await sees(() => expect(button('Give the second factor')).toBeFalsy())
  expect(sent.at(-1)).toMatchObject({ url: '/api/session/factor', body: { code: '222222' } })
  const on = [...document.querySelectorAll<HTMLAnchorElement>('main a')].find((a) => a.getAttribute('href') === '/conferences?day=2')!
  on.click()
  await sees(() => expect(said('main')).toBe('conferences'))
})

it('asks for a code before it removes the app', async () => {
  signedIn('given')
  answers['POST /api/me/totp/removal'] = done()
  draw('/account', <App inside={inside} />)
  await sees(() => expect(said('[data-second-factor=true]')).toContain('on'))
  expect(said('main')).toContain('10 recovery codes are left')
  button('Remove the app').click()
  await sees(() => expect(document.querySelector('[role=dialog] input[name=code]')).not.toBeNull())
  write('[role=dialog] input[name=code]', ' 333333 ')
  signedIn('none', false)
  document.querySelector<HTMLButtonElement>('[role=dialog] button[type=submit]')!.click()
  await sees(() => expect(said('[data-second-factor=false]')).toContain('off'))
  expect(sent).toEqual([{ method: 'POST', url: '/api/me/totp/removal', body: { code: '333333' } }])
})

it('shows the roles in words, and changes the password', async () => {
  signedIn('none')
  answers['PUT /api/me/password'] = [
    refusal(400, 'password.wrong', '$.current'),
    refusal(400, 'password.weak', '$.password'),
    refusal(500, 'hub.fault'),
    done(),
  ]
  draw('/account', <App inside={inside} />)
  await sees(() => expect(said('[data-roles]')).toContain('Emirates Health'))
  expect(said('[data-roles]')).toContain('CoordinatorEmirates HealthSince 1 Jan 2020')
  write('input[name=current-password]', 'old one')
  write('input[name=new-password]', 'four long words here')
  const send = () => document.querySelector<HTMLButtonElement>('[data-password] button[type=submit]')!.click()
  send()
  await sees(() => expect(fault('input[name=current-password]')).toBe('The present password is wrong.'))
  expect(document.querySelectorAll('[data-password] [role=alert]')).toHaveLength(1)
  send()
  await sees(() => expect(fault('input[name=new-password]')).toContain('too easy to guess'))
  expect(fault('input[name=current-password]')).toBeUndefined()
  send()
  await sees(() => expect(said('[data-password] [role=alert]')).toContain('Something went wrong'))
  send()
  await sees(() => expect(said('[data-password]')).toContain('The password is changed'))
  expect(sent.at(-1)!.body).toEqual({ current: 'old one', password: 'four long words here' })
})

it('marks this device, and ends another sign-in', async () => {
  signedIn('none')
  answers['DELETE /api/me/sign-ins/s-2'] = done()
  draw('/account', <App inside={inside} />)
  await sees(() => expect(said('[data-sign-in=s-1]')).toContain('Firefox on LinuxThis device'))
  expect(document.querySelector('[data-sign-in=s-1] button')).toBeNull()
  answers['GET /api/me/sign-ins'] = [signIn('s-1', true)]
  document.querySelector<HTMLButtonElement>('[data-sign-in=s-2] button')!.click()
  await sees(() => expect(document.querySelector('[data-sign-in=s-2]')).toBeNull())
  expect(sent.map((s) => s.url)).toEqual(['/api/me/sign-ins/s-2'])
})

it('keeps the order of Arabic words in dates and scopes', async () => {
  signedIn('none')
  draw('/account', <App inside={inside} />, 'ar')
  await sees(() => expect(document.querySelector('[data-roles]')?.textContent).toContain('\u2068\u200f\u20681 يناير 2020\u2069، \u2068'))
  await sees(() => expect(document.querySelector('[data-sign-in=s-1] bdi')?.textContent).toMatch(/^\u200f.*Firefox/))
})
