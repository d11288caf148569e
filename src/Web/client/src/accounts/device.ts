/** The names by which browsers and systems can be told apart. More special ones come first, because they also name the others. */
const browsers: readonly (readonly [RegExp, string])[] = [
  [/Edg(e|A|iOS)?\//, 'Edge'],
  [/OPR\/|Opera/, 'Opera'],
  [/SamsungBrowser\//, 'Samsung Internet'],
  [/Firefox\/|FxiOS\//, 'Firefox'],
  [/Chrome\/|CriOS\//, 'Chrome'],
  [/Version\/.*Safari\//, 'Safari'],
]
const systems: readonly (readonly [RegExp, string])[] = [
  [/Windows/, 'Windows'],
  [/Android/, 'Android'],
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Macintosh|Mac OS X/, 'Mac'],
  [/CrOS/, 'ChromeOS'],
  [/Linux/, 'Linux'],
]

const find = (names: readonly (readonly [RegExp, string])[], text: string) => names.find(([mark]) => mark.test(text))?.[1]

/** The browser and the system in what a device calls itself. Undefined if one of them is not known. */
export function deviceOf(agent: string): { readonly browser: string; readonly system: string } | undefined {
  const [browser, system] = [find(browsers, agent), find(systems, agent)]
  return browser && system ? { browser, system } : undefined
}
