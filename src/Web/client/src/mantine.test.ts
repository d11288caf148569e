import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'

const mantine = join(__dirname, '../node_modules/@mantine/core')
const read = (path: string) => readFileSync(path, 'utf8')
const imported = (text: string, from: string) =>
  [...text.matchAll(new RegExp(`import \\{([^}]*)\\} from ['"]${from}['"]`, 'g'))].flatMap((match) =>
    match[1]!.split(',').map((name) => name.trim()),
  )

/** Adds the files of a component and of its parts to `seen`. */
function styles(file: string, seen: Set<string>) {
  if (seen.has(file)) return
  seen.add(file)
  for (const [, path] of read(file).matchAll(/from "(\.[^"]+)"/g)) styles(join(dirname(file), path!), seen)
}

it('contains exactly the styles of the components in use', () => {
  const sources = readdirSync(__dirname, { recursive: true, encoding: 'utf8' }).filter((name) => /\.tsx?$/.test(name))
  const palette = readdirSync(join(mantine, '../spotlight/esm'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.mjs'))
    .map((name) => join(mantine, '../spotlight/esm', name))
  const used = new Set(
    [...sources.map((name) => join(__dirname, name)), ...palette].flatMap((path) => imported(read(path), '@mantine/core')),
  )
  const seen = new Set<string>()
  for (const [, name, path] of read(join(mantine, 'esm/index.mjs')).matchAll(/import \{ (\w+) \} from "(\.[^"]+)"/g))
    if (used.has(name!)) styles(join(mantine, 'esm', path!), seen)
  const needed = [...seen].map((file) => file.match(/(\w+)\.module\.mjs$/)?.[1]).filter((name) => name !== undefined)
  const written = [...read(join(__dirname, 'mantine.css')).matchAll(/styles\/(\w+)\.css/g)].map((match) => match[1]!)
  expect(written.filter((name) => name !== 'baseline' && name !== 'global').sort()).toEqual(needed.sort())
})
