// Writes a file `messages.ts` in the folder of each language. The file imports the folder's JSON files, so the compiler knows every key.
import { readdirSync, writeFileSync } from 'node:fs'

const languages = new URL('src/i18n/', import.meta.url)
for (const { name: language } of readdirSync(languages, { withFileTypes: true }).filter((entry) => entry.isDirectory())) {
  const folder = new URL(`${language}/`, languages)
  const names = readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.slice(0, -'.json'.length))
    .sort()
  const lines = [
    '// `npm run types` writes this file.',
    ...names.map((name) => `import ${name} from './${name}.json'`),
    '',
    'export default {',
    ...names.map((name) => `  ...${name},`),
    '}',
  ]
  writeFileSync(new URL('messages.ts', folder), `${lines.join('\n')}\n`)
}
