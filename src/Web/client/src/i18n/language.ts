export const languages = ['en', 'ar', 'ko'] as const
export type Language = (typeof languages)[number]

/** The name of each language, in that language. */
export const languageNames: Record<Language, string> = { en: 'English', ar: 'العربية', ko: '한국어' }

export const direction = (language: Language) => (language === 'ar' ? 'rtl' : 'ltr')

/** The locale for numbers and dates. All languages use Latin digits, because people compare rosters and tickets in several languages. */
export const locale: Record<Language, string> = { en: 'en-GB', ar: 'ar-AE-u-nu-latn', ko: 'ko-KR' }

const kept = 'hub.language'

export function preferredLanguage(): Language {
  const wanted = [localStorage.getItem(kept), ...navigator.languages.map((l) => l.slice(0, 2))]
  return languages.find((l) => l === wanted.find((w) => languages.includes(w as Language))) ?? 'en'
}

export const keepLanguage = (language: Language) => localStorage.setItem(kept, language)
