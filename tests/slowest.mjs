// Prints the ten slowest tests of the result files that are given: XML of xunit and JSON of vitest. A file that is missing has no tests.
import { existsSync, readFileSync } from 'node:fs'

const words = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&apos;': "'", '&amp;': '&' }
const attribute = (tag, name) => tag.match(new RegExp(` ${name}="([^"]*)"`))?.[1].replace(/&\w+;/g, (word) => words[word] ?? word)

const read = (file) => {
  const text = readFileSync(file, 'utf8')
  if (file.endsWith('.xml'))
    return [...text.matchAll(/<test .*?>/gs)].map(([tag]) => [Number(attribute(tag, 'time')), attribute(tag, 'name')])
  return JSON.parse(text).testResults.flatMap(({ name, assertionResults }) =>
    assertionResults.map((test) => [(test.duration ?? 0) / 1000, `${name.replace(/^.*\/client\//, '')}: ${test.fullName}`]),
  )
}

const tests = process.argv.slice(2).filter(existsSync).flatMap(read)
const slowest = tests.sort(([a], [b]) => b - a).slice(0, 10)
if (slowest.length > 0) console.log('The slowest tests, in seconds:')
for (const [seconds, name] of slowest) console.log(`${seconds.toFixed(1).padStart(7)}  ${name}`)
