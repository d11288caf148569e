// Measures the first load of three screens with Lighthouse, and prints the median of several runs.
//   npm --prefix tests/FirstLoad ci && npm --prefix tests/FirstLoad start
//   npm --prefix tests/FirstLoad start -- 1 mobile    one run of each screen, only as a phone
// Build the hub before: dotnet build Hub.sln -c Release. Nothing else may run on the machine, or the figures are too high.
// The last column is Lighthouse's measure of the processor (benchmarkIndex). Lighthouse slows the page down by the same factor on every
// machine, so a slow machine gives worse figures. Compare figures only between machines with similar processors.
// HUB_TEST_CHROMIUM is the path of the browser. Without it, Debian's Chromium is used.
import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import lighthouse, { desktopConfig } from 'lighthouse'
import puppeteer from 'puppeteer-core'

const runs = Number(process.argv[2] ?? 5)
const devices = { mobile: undefined, desktop: desktopConfig }
const pages = [
  ["a consultant's phone page", 'consultant', '/me'],
  ["an attendee's programme", 'attendee', '/conferences/demo-congress'],
  ["a coordinator's board", 'coordinator', '/board'],
]

const root = new URL('../../', import.meta.url).pathname
const folder = await mkdtemp(join(tmpdir(), 'hub-first-load-'))
const port = await new Promise((found) => {
  const server = createServer().listen(0, '127.0.0.1', () => {
    const { port } = server.address()
    server.close(() => found(port))
  })
})
const address = `http://127.0.0.1:${port}`
const hub = spawn('dotnet', [join(root, 'src/Web/bin/Release/net10.0/ConsultHub.Web.dll')], {
  stdio: ['ignore', 'ignore', 'inherit'],
  env: {
    ...process.env,
    ASPNETCORE_URLS: address,
    Hub__DataPath: join(folder, 'data'),
    Hub__Demo__Enabled: 'true',
    Hub__Limits__Times: '1000',
  },
})
let ended = false
hub.once('exit', () => (ended = true))
let browser

/** Waits until the hub is ready. */
async function ready() {
  while (!(await fetch(`${address}/health/ready`).then((answer) => answer.ok, () => false))) {
    if (ended) throw new Error('The hub did not start.')
    await new Promise((resume) => setTimeout(resume, 100))
  }
}

/** Signs in as the first person of the demo who has this role. Lighthouse keeps the cookie, so it measures as this person. */
async function signIn(role) {
  const page = await browser.newPage()
  await page.goto(`${address}/health/ready`)
  const status = await page.evaluate(async (role) => {
    const people = await (await fetch('/api/session/people')).json()
    const answer = await fetch('/api/session/person', {
      method: 'POST',
      headers: { 'X-Hub': '1', 'Content-Type': 'application/json' },
      body: JSON.stringify({ person: people.find((person) => person.role === role).person }),
    })
    return answer.status
  }, role)
  if (status >= 300) throw new Error(`Nobody could sign in as ${role}: ${status}`)
  await page.close()
}

async function measure(path, device) {
  const port = Number(new URL(browser.wsEndpoint()).port)
  const options = { port, logLevel: 'error', onlyCategories: ['performance', 'accessibility'] }
  const { lhr } = await lighthouse(address + path, options, devices[device])
  if (lhr.runtimeError) throw new Error(lhr.runtimeError.message)
  const value = (audit) => lhr.audits[audit].numericValue
  return {
    performance: lhr.categories.performance.score * 100,
    accessibility: lhr.categories.accessibility.score * 100,
    first: value('first-contentful-paint') / 1000,
    largest: value('largest-contentful-paint') / 1000,
    blocked: value('total-blocking-time'),
    shift: value('cumulative-layout-shift'),
    size: value('total-byte-weight') / 1000,
    speed: lhr.environment.benchmarkIndex,
  }
}

const median = (figures) => figures.toSorted((a, b) => a - b)[Math.floor(figures.length / 2)]

try {
  browser = await puppeteer.launch({
    executablePath: process.env.HUB_TEST_CHROMIUM ?? '/usr/bin/chromium',
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
  })
  await ready()
  console.log('| page | device | performance | accessibility | first paint | largest paint | blocked | layout shift | size | processor |')
  console.log('|---|---|---|---|---|---|---|---|---|---|')
  for (const device of Object.keys(devices).filter((name) => !process.argv[3] || name === process.argv[3]))
    for (const [name, role, path] of pages) {
      await signIn(role)
      const found = []
      for (let run = 0; run < runs; run++) found.push(await measure(path, device))
      const of = (key, digits) => median(found.map((run) => run[key])).toFixed(digits)
      console.log(
        `| ${name} | ${device} | ${of('performance', 0)} | ${of('accessibility', 0)} | ${of('first', 2)} s | ${of('largest', 2)} s ` +
          `| ${of('blocked', 0)} ms | ${of('shift', 3)} | ${of('size', 0)} KB | ${of('speed', 0)} |`,
      )
    }
} finally {
  await browser?.close()
  if (!ended) {
    hub.kill()
    await new Promise((exited) => hub.once('exit', exited))
  }
  await rm(folder, { recursive: true, force: true })
}
