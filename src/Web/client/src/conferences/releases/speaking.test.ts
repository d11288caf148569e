import { expect, it } from 'vitest'
import type { Consultant } from '../../api/schema'
import { apart, speakersOf, takenOff } from './speaking'

const consultant = (id: string, en: string, ar: string | null = null, ko: string | null = null) =>
  ({ id, name: { en, ar, ko } }) as Consultant
const kim = consultant('c-kim', 'Kim Min-jun', 'كيم مين جون', '김민준')
const known = [kim, consultant('c-noor', 'Noor Haddad', 'نور حداد')]

it('links a typed name to the consultant who has that name in any language', () =>
  expect(speakersOf(' kim MIN-jun \nنور حداد\n\nA Guest', [], known)).toEqual([
    { name: 'kim MIN-jun', consultant: 'c-kim' },
    { name: 'نور حداد', consultant: 'c-noor' },
    { name: 'A Guest' },
  ]))

const prof = { name: 'Prof. Kim', consultant: 'c-kim' },
  guest = { name: 'A Guest', sourceId: '7' }

it('keeps the speakers who stay, and links speakers who were not linked to a consultant before', () =>
  expect(speakersOf('prof. kim\nNoor Haddad\nA Guest', [prof, { name: 'Noor Haddad' }, guest], known)).toEqual([
    prof,
    { name: 'Noor Haddad', consultant: 'c-noor' },
    guest,
  ]))

it('does not guess when two consultants have the same name', () =>
  expect(speakersOf('Kim Min-jun', [], [...known, consultant('c-other', 'Kim Min-jun')])).toEqual([{ name: 'Kim Min-jun' }]))

it('finds the removed speakers by their consultant and not by their name', () => {
  const before = [{ name: 'Prof. Kim', consultant: 'c-kim' }, { name: 'Noor Haddad', consultant: 'c-noor' }, { name: 'A Guest' }]
  expect(takenOff(before, speakersOf('김민준', before, known))).toEqual([{ name: 'Noor Haddad', consultant: 'c-noor' }])
})

it('cuts long texts to the part where they differ', () => {
  const long = 'word '.repeat(100)
  expect(apart('short', 'shorter')).toEqual({ before: 'short', now: 'shorter' })
  expect(apart(`${long}is so`, `${long}was so`)).toEqual({ before: '…word word word word is so', now: '…word word word word was so' })
  expect(apart(long, `${long}more`)).toEqual({ before: '…word word word word ', now: '…word word word word more' })
})
