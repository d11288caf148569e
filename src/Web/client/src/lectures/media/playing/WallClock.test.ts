import { describe, expect, it } from 'vitest'
import { WallClock } from './WallClock'

describe('a clock that needs no sound', () => {
  it('follows the most delayed of the recent frames', () => {
    const clock = new WallClock()
    clock.arrived(0, 1000)
    clock.arrived(40_000, 1060) // 20 ms later than the first
    expect(clock.now(1100)).toBe(80_000)
  })

  it('moves forward slowly when frames come with less delay again', () => {
    const clock = new WallClock()
    clock.arrived(0, 1500)
    for (let i = 1; i < 500; i++) clock.arrived(1_000_000 + i * 40_000, 2000 + i * 40)
    const behind = 2000 + 499 * 40 - 1000 - clock.now(2000 + 499 * 40)! / 1000
    expect(behind).toBeGreaterThanOrEqual(0)
    expect(behind).toBeLessThan(5)
  })

  it('stands still while it is held', () => {
    const clock = new WallClock()
    clock.begin(5_000_000, 1000)
    clock.hold(true, 1100)
    expect(clock.now(9000)).toBe(5_100_000)
    clock.hold(false, 9000)
    expect(clock.now(9010)).toBe(5_110_000)
  })
})
