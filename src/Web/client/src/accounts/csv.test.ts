import { expect, it } from 'vitest'
import { csvOf } from './csv'

it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '＝1'])('keeps a spreadsheet from reading %j as a formula', (value) => {
  expect(csvOf([[value]])).toBe(`\ufeff"'${value}"\r\n`)
})

it('puts quotes around what would end a cell', () => {
  expect(csvOf([['a,b', 'say "no"', 'two\nlines', 'plain', 'ab;c']])).toBe('\ufeff"a,b","say ""no""","two\nlines",plain,"ab;c"\r\n')
})

it('leaves out other control characters, also before a formula', () => {
  expect(csvOf([['a\u0000b', '\u0001=1']])).toBe('\ufeffab,"\'=1"\r\n')
})

it('writes a row for each row', () => {
  expect(
    csvOf([
      ['a', 'b'],
      ['이름', 'الاسم'],
    ]),
  ).toBe('\ufeffa,b\r\n이름,الاسم\r\n')
})
