// @vitest-environment happy-dom
import { expect, it } from 'vitest'
import { Problem } from '../api/http'
import { drawing, sees } from '../screen.testing'
import { useCommand } from './useCommand'

const { draw } = drawing()

/** Draws a page that sends inputs, which get these answers in turn: an HTTP status, or 0 if no answer comes. */
async function sending<W>(...answers: number[]) {
  const ids: string[] = []
  let command: ReturnType<typeof useCommand<W>>
  const Sender = () => {
    command = useCommand<W>(async (_, commandId) => {
      ids.push(commandId)
      const status = answers.shift() ?? 200
      if (status !== 200) throw new Problem(status, 'a.problem', '')
    })
    return null
  }
  draw('/', <Sender />)
  await sees(() => expect(command).toBeDefined())
  return { ids, command: () => command }
}

it('keeps the id of an input that is sent again after no answer or a fault', async () => {
  const { ids, command } = await sending<{ text: string }>(0, 503, 200)
  for (let i = 0; i < 3; i++) await command().run({ text: 'Hello' })
  expect(new Set(ids).size).toBe(1)
})

it.each([
  ['a refusal', [409, 200]],
  ['success', [200, 200]],
])('gives the same input a new id after %s', async (_, answers) => {
  const { ids, command } = await sending<{ text: string }>(...answers)
  for (let i = 0; i < 2; i++) await command().run({ text: 'Hello' })
  expect(new Set(ids).size).toBe(2)
})

it('gives another input an id of its own', async () => {
  const { ids, command } = await sending<{ text: string }>(0, 0)
  await command().run({ text: 'Hello' })
  await command().run({ text: 'Good bye' })
  expect(new Set(ids).size).toBe(2)
})

it('sends a command without an input', async () => {
  const { ids, command } = await sending<void>(409)
  expect(await command().run()).toBeNull()
  await sees(() => expect(command().problem?.code).toBe('a.problem'))
  expect(ids).toHaveLength(1)
})
