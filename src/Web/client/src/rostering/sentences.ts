import type { TopicItemActivity } from '../api/schema'
import type { Reader, TextKey } from '../i18n'
import type { Values } from '../i18n/fill'
import type { NetworkNames } from '../networks/useNetwork'
import { clock, length, localOf, shortDate } from '../time/format'
import type { HistoryEntry } from './roster'

/** A change, in the form that the feed and the history share. */
export type Told = Pick<
  TopicItemActivity,
  | 'what'
  | 'by'
  | 'title'
  | 'hospital'
  | 'startBefore'
  | 'startAfter'
  | 'endBefore'
  | 'endAfter'
  | 'roomBefore'
  | 'roomAfter'
  | 'consultantsBefore'
  | 'consultantsAfter'
  | 'candidate'
  | 'next'
>

export function ofHistory(entry: HistoryEntry): Told {
  const { before, after } = entry
  const shown = after ?? before
  const answered = entry.what === 'accepted' || entry.what === 'declined' || entry.what === 'expired'
  // The person who answered, or did not answer, is in the state before the change. The state after the change may already name the next
  // person who is asked.
  const [asked, next] = answered
    ? [before?.proposal, entry.what === 'accepted' ? undefined : after?.proposal]
    : [after?.proposal ?? before?.proposal, undefined]
  const target = after?.moving ?? after ?? before?.moving
  return {
    what: entry.what,
    by: entry.by,
    title: shown?.title ?? '',
    hospital: shown?.hospital ?? '',
    startBefore: before?.start,
    startAfter: target?.start,
    endBefore: before?.end,
    endAfter: target?.end,
    roomBefore: before?.room,
    roomAfter: after?.room,
    consultantsBefore: before?.consultants ?? [],
    consultantsAfter: after?.consultants ?? [],
    candidate: asked?.candidate,
    next: next?.candidate,
  }
}

/** One change as a sentence, such as “Mariam moved Spine clinic from Thu 26 Nov 11:00 to 13:00 (2 hours later)”. */
export function sentence(told: Told, names: NetworkNames, { t, locale }: Reader): string {
  const zone = names.hospital(told.hospital)?.timeZone ?? names.zone
  const values: Values = { who: names.personName(told.by), title: told.title }
  const say = (key: TextKey, more: Values = {}) => t(key, { ...values, ...more })
  const people = (ids: readonly string[]) => new Intl.ListFormat(locale, { type: 'conjunction' }).format(ids.map(names.personName))
  const gap = told.startBefore && told.startAfter ? Date.parse(told.startAfter) - Date.parse(told.startBefore) : 0
  const at = (instant: string) => `${shortDate(instant, zone, locale)} ${clock(instant, zone, locale)}`
  // The date appears once if both times are on the same day.
  const fromTo = (before: string | null | undefined, after: string | null | undefined): Values =>
    before && after
      ? {
          from: at(before),
          to: localOf(before, zone).slice(0, 10) === localOf(after, zone).slice(0, 10) ? clock(after, zone, locale) : at(after),
        }
      : { from: '–', to: '–' }
  const times = fromTo(told.startBefore, told.startAfter)
  const moved = () => say(gap > 0 ? 'board.toldLater' : 'board.toldEarlier', { ...times, length: length(Math.abs(gap), locale) })
  const room = names.roomName(told.hospital, told.roomAfter)
  const roomed = () =>
    told.roomBefore
      ? say('board.toldRoomFrom', { from: names.roomName(told.hospital, told.roomBefore), room })
      : say('board.toldRoom', { room })
  const given = () => {
    const to = people(told.consultantsAfter)
    return told.consultantsBefore.length > 0
      ? say('board.toldAssignedFrom', { from: people(told.consultantsBefore), to })
      : say('board.toldAssigned', { to })
  }
  const asked = (sentence: string) => (told.next ? t('board.toldNext', { told: sentence, next: names.personName(told.next) }) : sentence)
  const sameRoom = told.roomBefore === told.roomAfter
  const samePeople = told.consultantsBefore.join() === told.consultantsAfter.join()
  switch (told.what) {
    case 'timeChanged':
      return gap === 0
        ? sameRoom
          ? say('board.toldLength', fromTo(told.endBefore, told.endAfter))
          : roomed()
        : sameRoom
          ? moved()
          : `${moved()} ${t('board.toldAlsoRoom', { room })}`
    case 'roomChanged':
      return roomed()
    case 'assigned':
      return told.consultantsAfter.length > 0 ? given() : say('board.toldNobody')
    case 'emergencyMoved':
      return say('board.toldEmergency', {
        what:
          gap !== 0
            ? t('board.toldFromTo', times)
            : !samePeople
              ? t('board.toldFromTo', {
                  from: people(told.consultantsBefore) || t('board.nobody'),
                  to: people(told.consultantsAfter) || t('board.nobody'),
                })
              : room,
      })
    case 'proposed':
      return say('board.toldProposed', { to: told.candidate ? names.personName(told.candidate) : '' })
    case 'expired':
      return asked(say('board.toldExpired', { to: told.candidate ? names.personName(told.candidate) : '' }))
    case 'declined':
      return asked(say('board.told_declined'))
    case 'undone':
      return gap !== 0 ? say('board.toldUndoneTime', times) : say('board.told_undone')
    case 'moving':
    case 'movedAway':
    case 'movedIn':
      return say(`board.told_${told.what}`, times)
    default:
      return say(`board.told_${told.what}`)
  }
}
