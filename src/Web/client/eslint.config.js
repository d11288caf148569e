import { readdirSync } from 'node:fs'
import { createNodeResolver, flatConfigs, importX } from 'eslint-plugin-import-x'
import hooks from 'eslint-plugin-react-hooks'
import { defineConfig, globalIgnores } from 'eslint/config'
import typescript from 'typescript-eslint'

/** The folders of `src`, ordered by their imports. A folder imports only folders that stand before it. */
const folders = [
  'api',
  'i18n',
  'time',
  'live',
  'commands',
  'preferences',
  'networks',
  'viewer',
  'shell',
  'feeds',
  'inboxes',
  'certificates',
  'accounts',
  'records',
  'attendance',
  'rostering',
  'conferences',
  'lectures',
  'consultants',
  'scorecards',
]

/** Folders that no other folder imports. They need no place in the list: they come after it, and they do not import each other. */
const last = readdirSync(new URL('src', import.meta.url), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !folders.includes(entry.name))
  .map((entry) => entry.name)

/** The files of `src` that put the features together. No feature imports them. */
const roots = ['App.tsx', 'main.ts', 'screens.ts', 'start.tsx'].map((file) => `./src/${file}`)
const media = './src/lectures/media'

const message = 'This import goes against the direction of the folders (eslint.config.js).'
const pathOf = (folder) => `./src/${folder}`
const zones = [
  ...folders.map((folder, i) => ({ target: `./src/${folder}`, from: [...folders.slice(i + 1), ...last].map(pathOf), message })),
  ...last.map((folder) => ({ target: pathOf(folder), from: last.filter((other) => other !== folder).map(pathOf), message })),
  // `playing` and `sending` do not import each other, and the files beside them import neither.
  { target: `${media}/playing`, from: `${media}/sending`, message },
  { target: `${media}/sending`, from: `${media}/playing`, message },
  { target: [`${media}/*.ts`, `${media}/webm/ebml.ts`], from: [`${media}/playing`, `${media}/sending`], message },
].filter((zone) => zone.from.length > 0)
const above = [...folders, ...last].map((folder) => ({ target: `./src/${folder}`, from: roots, message }))
const restricted = (...all) => ({ 'import-x/no-restricted-paths': ['error', { basePath: import.meta.dirname, zones: all }] })

export default defineConfig(
  globalIgnores(['dist', 'src/api/schema.ts']),
  typescript.configs.recommended,
  flatConfigs.typescript,
  hooks.configs.flat.recommended,
  {
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    plugins: { 'import-x': importX },
    settings: { 'import-x/resolver-next': [createNodeResolver({ extensions: ['.ts', '.tsx', '.js'] })] },
    rules: {
      'react-hooks/exhaustive-deps': 'error',
      'react-hooks/unsupported-syntax': 'error',
      // This rule warns of components that the React compiler skips. The build does not use that compiler.
      'react-hooks/incompatible-library': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      'import-x/no-cycle': 'error',
      ...restricted(...zones, ...above),
    },
  },
  // Tests of screens draw the whole app, so they may import the files in `roots`.
  { files: ['src/**/*.test.tsx'], rules: restricted(...zones) },
)
