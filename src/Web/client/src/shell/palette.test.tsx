// @vitest-environment happy-dom
import { expect, it } from 'vitest'
import { drawing, sees } from '../screen.testing'
import { KeysProvider } from './keys'
import { PaletteProvider, usePalette } from './palette'

const { draw } = drawing()

const search = () => document.querySelector('input.mantine-Spotlight-search')
const press = (key: string, ctrlKey = false) =>
  document.documentElement.dispatchEvent(new KeyboardEvent('keydown', { key, code: `Key${key.toUpperCase()}`, ctrlKey, bubbles: true }))

it('opens by a key that was pressed before the palette had loaded, and again after it was closed', async () => {
  let opened = 0
  const source = () => {
    opened++
    return []
  }
  const Page = () => {
    usePalette(source)
    return <p>Page</p>
  }
  draw(
    '/',
    <KeysProvider>
      <PaletteProvider>
        <Page />
      </PaletteProvider>
    </KeysProvider>,
  )
  await sees(() => expect(document.querySelector('p')).not.toBeNull())
  for (const [key, ctrlKey] of [
    ['k', true],
    ['/', false],
  ] as const) {
    expect(search()).toBeNull()
    press(key, ctrlKey)
    await sees(() => expect(search()).not.toBeNull())
    press('Escape')
    await sees(() => expect(search()).toBeNull())
  }
  expect(opened).toBe(2)
})
