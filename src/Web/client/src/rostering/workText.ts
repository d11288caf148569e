import type { Work } from '../api/schema'
import type { Reader } from '../i18n'
import { counts } from './work'

/** What was done, such as “Consultations: 12 · Operations: 3”, with the cases of each procedure. Says so if nothing is recorded. */
export const workText = (work: Work | null | undefined, { t, word }: Reader, procedureName: (id: string) => string) =>
  [
    ...counts
      .filter((count) => work?.[count] != null)
      .map((count) => t('work.count', { what: word('counts', count), count: work![count]! })),
    ...(work?.procedures ?? []).map(({ procedure, assisted, supervised, alone }) =>
      t('work.cases', { what: procedureName(procedure), assisted: assisted ?? 0, supervised: supervised ?? 0, alone: alone ?? 0 }),
    ),
  ].join(' · ') || t('work.none')
