import { expect, it } from 'vitest'
import type { Consultant } from '../../api/schema'
import { apart, speakersOf, takenOff } from './speaking'

const consultant = (id: string, en: string, ar: string | null = null, ko: string | null = null) =>
  ({ id, name: { en, ar, ko } }) as Consultant
const kim = consultant('c-kim', 'Kim Min-jun', 'كيم مين جون', '김민준')
const known = [kim, consultant('c-noor', 'Noor Haddad', 'نور حداد')]

it('links a typed name to the consultant who bears it in any language', () =>
  expect(speakersOf(' kim MIN-jun \nنور حداد\n\nA Guest', [], known)).toEqual([
    { name: 'kim MIN-jun', consultant: 'c-kim' },
    { name: 'نور حداد', consultant: 'c-noor' },
    { name: 'A Guest' },
  ]))

const prof = { name: 'Prof. Kim', consultant: 'c-kim' },
  guest = { name: 'A Guest', sourceId: '7' }

it('keeps who stays, and links who was a mere name', () =>
  expect(speakersOf('prof. kim\nNoor Haddad\nA Guest', [prof, { name: 'Noor Haddad' }, guest], known)).toEqual([
    prof,
    { name: 'Noor Haddad', consultant: 'c-noor' },
    guest,
  ]))

it('does not guess whom of two a name means', () =>
  expect(speakersOf('Kim Min-jun', [], [...known, consultant('c-other', 'Kim Min-jun')])).toEqual([{ name: 'Kim Min-jun' }]))

it('knows who is taken off, by the person and not by the name', () => {
  const before = [{ name: 'Prof. Kim', consultant: 'c-kim' }, { name: 'Noor Haddad', consultant: 'c-noor' }, { name: 'A Guest' }]
  expect(takenOff(before, speakersOf('김민준', before, known))).toEqual([{ name: 'Noor Haddad', consultant: 'c-noor' }])
})

it('cuts long texts to where they differ', () => {
  const long = 'word '.repeat(100)
  expect(apart('short', 'shorter')).toEqual({ before: 'short', now: 'shorter' })
  expect(apart(`${long}is so`, `${long}was so`)).toEqual({ before: '…word word word word is so', now: '…word word word word was so' })
  expect(apart(long, `${long}more`)).toEqual({ before: '…word word word word ', now: '…word word word word more' })
})
