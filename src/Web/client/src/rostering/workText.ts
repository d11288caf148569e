import type { Work } from '../api/schema'
import type { Reader } from '../i18n'
import { counts } from './work'

/** What was done, such as “Consultations: 12 · Operations: 3”. Says so if nothing is recorded. */
export const workText = (work: Work | null | undefined, { t, word }: Reader) =>
  counts
    .filter((count) => work?.[count] != null)
    .map((count) => t('work.count', { what: word('counts', count), count: work![count]! }))
    .join(' · ') || t('work.none')
