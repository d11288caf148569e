import { cp, readdir, readFile, writeFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { brotliCompress } from 'node:zlib'
import react from '@vitejs/plugin-react'
import type { Plugin } from 'vite'
import { defineConfig } from 'vitest/config'
import { messages } from './vite.messages.ts'

/** Compresses scripts, styles and WebAssembly during the build. The server sends the compressed files. */
const compressed = (): Plugin => ({
  name: 'compressed',
  apply: 'build',
  async writeBundle() {
    const folder = new URL('./dist/assets/', import.meta.url)
    const names = (await readdir(folder)).filter((name) => /\.(m?js|css|wasm)$/.test(name))
    await Promise.all(
      names.map(async (name) =>
        writeFile(new URL(`${name}.br`, folder), await promisify(brotliCompress)(await readFile(new URL(name, folder)))),
      ),
    )
  },
})

/** Copies files that pdf.js reads when a deck needs them: character maps, fonts that the deck lacks, and a JPEG 2000 decoder. */
const slides = (): Plugin => ({
  name: 'slides',
  apply: 'build',
  async writeBundle() {
    for (const folder of ['cmaps', 'standard_fonts', 'wasm'])
      await cp(new URL(`./node_modules/pdfjs-dist/${folder}/`, import.meta.url), new URL(`./dist/pdf/${folder}/`, import.meta.url), {
        recursive: true,
        filter: (name) => !name.endsWith('.wasm'),
      })
  },
})

/** The modules of the small first script. They are not in the file that holds what every screen needs. */
const early = /\/src\/(main|screens|i18n\/(catalogues|language))\.ts$|\.html|vite\/preload-helper/

/**
 * Lets the browser ask for the app's code and style while it still reads the small first script. They have a low priority, because
 * what the page shows before any script has run is more urgent.
 */
const asked = (): Plugin => ({
  name: 'asked',
  apply: 'build',
  transformIndexHtml: {
    order: 'post',
    handler(_, { bundle = {} }) {
      const files = Object.values(bundle)
      const isFirst = (file: (typeof files)[number] | undefined) => file?.type === 'chunk' && file.isEntry
      const start = files.find((file) => file.type === 'chunk' && file.facadeModuleId?.endsWith('/src/start.tsx'))
      if (start?.type !== 'chunk') this.error('There is no start.')
      const scripts = [start.fileName, ...start.imports.filter((name) => !isFirst(bundle[name]))].map((name) => ({
        rel: 'modulepreload',
        href: `/${name}`,
      }))
      const styles = [...(start.viteMetadata?.importedCss ?? [])].map((name) => ({ rel: 'preload', as: 'style', href: `/${name}` }))
      return [...styles, ...scripts].map((attrs) => ({
        tag: 'link',
        attrs: { ...attrs, crossorigin: true, fetchpriority: 'low' },
        injectTo: 'head',
      }))
    },
  },
})

/**
 * If a font has not arrived in time, a page is shown in the system's font. A shown page keeps its font, so that no text moves. WOFF
 * files are left out, because all browsers of today read WOFF2.
 */
const fonts = (): Plugin => ({
  name: 'fonts',
  enforce: 'pre',
  transform: {
    filter: { id: /@fontsource\/.*\.css/ },
    handler: (code) =>
      code.replaceAll('font-display: swap', 'font-display: optional').replace(/, url\([^)]*\.woff\) format\('woff'\)/g, ''),
  },
})

/**
 * Fails the build if files import each other in a circle. A module of such a file may run before what it imports, so a constant that is
 * made of imported values, such as a map of icons, would have holes. A smaller `entriesAwareMergeThreshold` merges fewer modules.
 */
const noCircles = (): Plugin => ({
  name: 'no-circles',
  apply: 'build',
  generateBundle(_, bundle) {
    const importsOf = (name: string) => {
      const file = bundle[name]
      return file?.type === 'chunk' ? file.imports : []
    }
    const done = new Set<string>()
    const visit = (name: string, path: readonly string[]) => {
      if (path.includes(name)) this.error(`These files import each other: ${[...path.slice(path.indexOf(name)), name].join(' -> ')}`)
      if (done.has(name)) return
      for (const next of importsOf(name)) visit(next, [...path, name])
      done.add(name)
    }
    for (const name of Object.keys(bundle)) visit(name, [])
  },
})

// In development the server runs beside the client: `dotnet run --project src/Web`, then `npm run dev`.
export default defineConfig({
  plugins: [messages(), fonts(), react(), asked(), noCircles(), compressed(), slides()],
  build: {
    target: 'es2022',
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      input: ['index.html', 'src/start.tsx'],
      output: {
        codeSplitting: {
          // Many small files cost many round trips. React and Mantine have files of their own, which stay the same over many releases.
          groups: [
            { name: 'early', test: early },
            { name: 'react', test: /node_modules\/(react|react-dom|scheduler)\//, tags: ['$initial'] },
            { name: 'mantine', test: /node_modules\/(@mantine|@floating-ui)\//, tags: ['$initial'] },
            { name: 'start', tags: ['$initial'] },
            { name: 'shared', minShareCount: 2, entriesAware: true, entriesAwareMergeThreshold: 3_000 },
          ],
        },
      },
    },
  },
  server: { proxy: { '/api': 'http://localhost:5080', '/hubs': { target: 'http://localhost:5080', ws: true } } },
  test: {
    environment: 'node',
    pool: 'threads',
    maxWorkers: '100%',
    testTimeout: 30_000,
    include: ['src/**/*.test.ts', 'src/**/*.test.tsx'],
  },
})
