import type { Reader, TextKey } from '../i18n'
import type { Values } from '../i18n/fill'
import type { NetworkNames } from '../networks/useNetwork'
import { clock, length, shortDate } from '../time/format'
import type { TopicItemActivity } from '../api/schema'
import type { HistoryEntry } from './roster'

/** What changed, as the feed and the history both tell it. */
export type Told = Pick<TopicItemActivity, 'what' | 'by' | 'title' | 'hospital' | 'startBefore' | 'startAfter' | 'roomBefore' | 'roomAfter' | 'consultantsBefore' | 'consultantsAfter' | 'candidate'>

export function ofHistory(entry: HistoryEntry): Told {
  const { before, after } = entry
  const shown = after ?? before
  return {
    what: entry.what, by: entry.by, title: shown?.title ?? '', hospital: shown?.hospital ?? '', startBefore: before?.start, startAfter: after?.start, roomBefore: before?.room, roomAfter: after?.room,
    consultantsBefore: before?.consultants ?? [], consultantsAfter: after?.consultants ?? [], candidate: after?.proposal?.candidate ?? before?.proposal?.candidate,
  }
}

/** One change as a sentence, such as “Mariam moved Spine clinic 2 hours later”. */
export function sentence(told: Told, names: NetworkNames, { t, locale }: Reader): string {
  const zone = names.hospital(told.hospital)?.timeZone ?? names.zone
  const values: Values = { who: names.personName(told.by), title: told.title }
  const say = (key: TextKey, more: Values = {}) => t(key, { ...values, ...more })
  const people = (ids: readonly string[]) => new Intl.ListFormat(locale, { type: 'conjunction' }).format(ids.map(names.personName))
  const gap = told.startBefore && told.startAfter ? Date.parse(told.startAfter) - Date.parse(told.startBefore) : 0
  const moved = () => say(gap > 0 ? 'board.toldLater' : 'board.toldEarlier', { length: length(Math.abs(gap), locale) })
  const roomed = () => say('board.toldRoom', { room: names.roomName(told.hospital, told.roomAfter) })
  const given = () => say('board.toldAssigned', { to: people(told.consultantsAfter) })
  const sameRoom = told.roomBefore === told.roomAfter
  const samePeople = told.consultantsBefore.join() === told.consultantsAfter.join()
  switch (told.what) {
    case 'timeChanged':
      return gap === 0 ? (sameRoom ? say('board.toldLength') : roomed()) : sameRoom ? moved() : `${moved()} ${t('board.toldAlsoRoom', { room: names.roomName(told.hospital, told.roomAfter) })}`
    case 'roomChanged':
      return roomed()
    case 'assigned':
      return told.consultantsAfter.length > 0 ? given() : say('board.toldNobody')
    case 'emergencyMoved':
      return say('board.toldEmergency', { what: gap !== 0 ? `${shortDate(told.startAfter!, zone, locale)} ${clock(told.startAfter!, zone, locale)}` : !samePeople ? people(told.consultantsAfter) : names.roomName(told.hospital, told.roomAfter) })
    case 'proposed':
      return say('board.toldProposed', { to: told.candidate ? names.personName(told.candidate) : '' })
    case 'expired':
      return say('board.toldExpired', { to: told.candidate ? names.personName(told.candidate) : '' })
    default:
      return say(`board.told_${told.what}`)
  }
}
