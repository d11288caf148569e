import { expect, it } from 'vitest'
import type { ImportWarning } from '../api/schema'
import { grouped, typeOf } from './upload'

it('recognises the type of a programme file by the file’s name, or else by its first characters', async () => {
  expect(await typeOf(new File(['x'], 'Schedule.XML'))).toBe('application/xml')
  expect(await typeOf(new File(['\uFEFF  <schedule>'], 'export'))).toBe('application/xml')
  expect(await typeOf(new File([' {"schedule":1}'], 'export'))).toBe('application/json')
  expect(await typeOf(new File(['x'], 'a.ics'))).toBe('text/calendar')
  expect(await typeOf(new File(['BEGIN:VCALENDAR'], 'export'))).toBe('text/calendar')
  expect(await typeOf(new File(['a;b;c'], 'a.csv'))).toBeNull()
})

it('groups warnings by code', () => {
  const warning = (code: string) => ({ code, message: code, sentence: code, values: {} }) as ImportWarning
  expect(grouped([warning('a'), warning('b'), warning('b')]).map((g) => [g.code, g.warnings.length])).toEqual([
    ['b', 2],
    ['a', 1],
  ])
})
