import { expect, it } from 'vitest'
import { openScreens, type Screen, screenAt, screens } from './screens'

const all = [...openScreens, ...screens]
const addressOf = ({ path }: Screen) => path.replace(/:\w+\??/g, 'x')

it.each(all.map((screen) => [screen.path, screen] as const))('finds %s at its address', (_, screen) =>
  expect(screenAt(addressOf(screen))).toBe(screen),
)

it('finds a screen if the optional parts of its address are missing, and nothing at an unknown address', () => {
  expect(screenAt('/board')?.path).toBe('/board/:network?/:week?')
  expect(screenAt('/board/ehs')?.path).toBe('/board/:network?/:week?')
  expect(screenAt('/conferences')?.path).toBe('/conferences')
  for (const nowhere of ['/', '/nothing/here', '/me/more']) expect(screenAt(nowhere)).toBeUndefined()
})
