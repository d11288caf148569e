import { expect, it, vi } from 'vitest'
import { isOpen, loadScreenAt, openScreens, type Screen, screens } from './screens'

const all = [...openScreens, ...screens]
const addressOf = ({ path }: Screen) => path.replace(/:\w+\??/g, 'x')
const loadedAt = (address: string) => {
  const loads = all.map((screen) => vi.spyOn(screen as { load: Screen['load'] }, 'load').mockReturnValue(new Promise(() => undefined)))
  loadScreenAt(address)
  const loaded = all.filter((_, i) => loads[i]!.mock.calls.length > 0).map((screen) => screen.path)
  vi.restoreAllMocks()
  return loaded
}

it.each(all.map((screen) => [screen.path, screen] as const))('loads only %s early for its address', (path, screen) =>
  expect(loadedAt(addressOf(screen))).toEqual([path]),
)

it('loads a screen early if the optional parts of its address are missing, and nothing for an unknown address', () => {
  expect(loadedAt('/board')).toEqual(['/board/:network?/:week?'])
  expect(loadedAt('/board/ehs')).toEqual(['/board/:network?/:week?'])
  expect(loadedAt('/conferences')).toEqual(['/conferences'])
  expect(loadedAt('/')).toEqual([])
  expect(loadedAt('/nothing/here')).toEqual([])
  expect(loadedAt('/me/more')).toEqual([])
})

it('knows which screens are open to everybody', () => {
  expect(all.filter((screen) => isOpen(addressOf(screen)))).toEqual(openScreens)
  expect(isOpen('/')).toBe(false)
})
