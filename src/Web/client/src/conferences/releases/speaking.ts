import type { Consultant, Speaker } from '../../api/schema'

const plain = (name: string) => name.trim().normalize('NFC').toLowerCase()

/**
 * Returns the speakers whose names a person has typed, one name a line. A speaker who stays keeps the link to a consultant. A name without
 * a link is linked to a consultant if exactly one consultant has this name in any language.
 */
export function speakersOf(text: string, before: readonly Speaker[], consultants: readonly Consultant[]): Speaker[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
    .map((name) => {
      const same = before.filter((s) => plain(s.name) === plain(name))
      const stays = same.find((s) => s.consultant) ?? same[0]
      if (stays?.consultant) return stays
      const named = consultants.filter((c) => [c.name.en, c.name.ar, c.name.ko].some((known) => known && plain(known) === plain(name)))
      // If two consultants have the same name, it is not known which one is meant.
      return named.length === 1 ? { ...stays, name, consultant: named[0]!.id } : (stays ?? { name })
    })
}

/** Returns the speakers of the earlier list whose consultant is not in the new list. */
export const takenOff = (before: readonly Speaker[], now: readonly Speaker[]) =>
  before.filter((s) => s.consultant && !now.some((n) => n.consultant === s.consultant))

/** The texts of one field before and after a change. Long texts are cut to the part where they differ. */
export function apart(before: string, now: string, most = 160): { readonly before: string; readonly now: string } {
  const [a, b] = [[...before], [...now]]
  if (Math.max(a.length, b.length) <= most) return { before, now }
  const differs = a.findIndex((letter, at) => letter !== b[at])
  const from = Math.max(0, (differs < 0 ? a.length : differs) - 20)
  const part = (of: readonly string[]) =>
    `${from > 0 ? '…' : ''}${of.slice(from, from + most).join('')}${of.length > from + most ? '…' : ''}`
  return { before: part(a), now: part(b) }
}
