import { describe, expect, it } from 'vitest'
import { Played } from './played'

describe('what was really played', () => {
  it('is one piece while the player goes on', () => {
    const played = new Played()
    for (let second = 0; second <= 10; second++) played.look(100_000 + second * 1_000, 'live', 500_000 + second * 1_000)
    expect(played.take()).toEqual([{ from: 100_000, to: 110_000, as: 'live' }])
    expect(played.take()).toEqual([])
  })

  it('goes on from where the last report ended', () => {
    const played = new Played()
    played.look(1_000, 'live', 1_000)
    played.look(2_000, 'live', 2_000)
    played.take()
    played.look(3_000, 'live', 3_000)
    expect(played.take()).toEqual([{ from: 2_000, to: 3_000, as: 'live' }])
  })

  it('leaves out jumps, standstills and parts that were not played', () => {
    const played = new Played()
    played.look(1_000, 'recorded', 0)
    played.look(61_000, 'recorded', 1_000)
    played.look(61_000, 'recorded', 2_000)
    played.look(5_000, 'recorded', 3_000)
    played.look(null, 'recorded', 4_000)
    played.look(6_000, 'recorded', 5_000)
    played.look(7_000, 'live', 6_000)
    expect(played.take()).toEqual([])
  })

  it('contains no piece when less than a millisecond was played', () => {
    const played = new Played()
    played.look(1_000.1, 'live', 1_000)
    played.look(1_000.4, 'live', 2_000)
    expect(played.take()).toEqual([])
    played.look(2_000.4, 'live', 3_000)
    expect(played.take()).toEqual([{ from: 1_000, to: 2_000, as: 'live' }])
  })

  it('keeps pieces that could not be reported', () => {
    const played = new Played()
    played.look(1_000, 'live', 1_000)
    played.look(2_000, 'live', 2_000)
    const pieces = played.take()
    played.look(3_000, 'live', 3_000)
    played.putBack(pieces)
    expect(played.take()).toEqual([
      { from: 1_000, to: 2_000, as: 'live' },
      { from: 2_000, to: 3_000, as: 'live' },
    ])
  })
})
