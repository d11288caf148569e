import { expect, test } from 'vitest'
import { Receipts } from './receipts'

const piece = (from: number, to: number) => ({ from, to, as: 'live' as const })

test('a report gets the receipts of what was played and no others', () => {
  const receipts = new Receipts()
  receipts.add('one', 0, 4_000)
  receipts.add('two', 4_000, 8_000)
  receipts.add('three', 8_000, 12_000)
  expect(receipts.of([piece(3_000, 5_000)])).toEqual(['one', 'two'])
  expect(receipts.of([piece(20_000, 21_000)])).toEqual([])
})

test('newer receipts of a connection replace each other for four minutes, and then the last of them is kept', () => {
  const receipts = new Receipts()
  const [first, second] = [{}, {}]
  const start = 10_000_000
  for (let i = 0; i <= 60; i++) receipts.addLive(`first ${i}`, first, start + i * 5_000)
  receipts.addLive('second', second, start + 305_000)
  // What was played five minutes ago, on a connection that is gone, can still be proved.
  expect(receipts.of([piece(start, start + 305_000)])).toEqual(['first 47', 'first 60', 'second'])
})
