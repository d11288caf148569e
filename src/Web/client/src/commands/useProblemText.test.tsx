// @vitest-environment happy-dom
import { expect, it } from 'vitest'
import { http, type Problem } from '../api/http'
import { refusal, said, talking } from '../hub.testing'
import { drawing, sees } from '../screen.testing'
import { ProblemNotice } from './ProblemNotice'

const { draw } = drawing()
const { answers } = talking()
const denied = (more: object) =>
  Response.json({ status: 403, code: 'access.denied', ...more }, { status: 403, headers: { 'Content-Type': 'application/problem+json' } })

async function told(answer: Response, language: 'en' | 'ar' | 'ko' = 'en') {
  answers['GET /api/thing'] = answer
  const problem = await http.get('/api/thing').catch((error: Problem) => error)
  draw('/', <ProblemNotice problem={problem as Problem} />, language)
  await sees(() => expect(document.querySelector('[role=alert]')).not.toBeNull())
  return said('[role=alert]')
}

it.each([
  ['administrator', 'roster.plan', 'You lack the right “Plan, move, reassign and cancel engagements”. An administrator can give you'],
  ['coordinator', 'hospitals.read', 'A coordinator of the network or an administrator can give you a role with it.'],
])('says which right is missing, and that the %s can give it', async (givenBy, action, text) =>
  expect(await told(denied({ action, givenBy }))).toContain(text),
)

it('says so in the language of the reader', async () =>
  expect(await told(denied({ action: 'lectures.host', givenBy: 'coordinator' }), 'ko')).toContain('강연 진행하기'))

it('says that something is not allowed if the hub names no right', async () =>
  expect(await told(refusal(403, 'access.denied'))).toContain('You may not do or see this'))
