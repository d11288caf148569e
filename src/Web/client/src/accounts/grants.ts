import { useContext } from 'react'
import type { ConferenceSummary, Hospital, NetworkView } from '../api/schema'
import { useResource } from '../api/useResource'
import { useReader } from '../i18n'
import { direction, type Language } from '../i18n/language'
import { useTopic } from '../live/useTopic'
import { clock, datedDay } from '../time/format'
import { type Viewer, ViewerContext } from '../viewer/useViewer'
import type { Grant, GrantScope } from './wire'

/** Whether a role counts now, begins later, or has ended. */
export const stateOf = ({ from, until }: Pick<Grant, 'from' | 'until'>, now: number) =>
  now < Date.parse(from) ? 'later' : until && Date.parse(until) <= now ? 'over' : 'valid'

/** The zone of this device. Roles of a whole hub have no zone of their own. */
export const deviceZone = Intl.DateTimeFormat().resolvedOptions().timeZone

/**
 * Gives a text of several isolated parts the reader's direction. A sentence isolates the text again, and a browser does not look into
 * isolated parts when it finds out the direction.
 */
export const directed = (text: string, language: Language) => (direction(language) === 'rtl' ? '\u200f' : '\u200e') + text

/** A function that returns a date and a time, on this device's clock unless another zone is given. */
export function useMoment(zone = deviceZone) {
  const { t, language, locale } = useReader()
  return (instant: string | number) =>
    directed(t('accounts.moment', { date: datedDay(instant, zone, locale), time: clock(instant, zone, locale) }), language)
}

/** Whether a person may read the programmes of a network. The hub would refuse requests of others and note them in the trace. */
const readsProgrammes = (viewer: Viewer | null, network: string | null | undefined) =>
  viewer?.roles.some(({ role, scope }) => scope.network === network && role !== 'administrator' && role !== 'integration') ?? false

/** Shown instead of a name that is not yet known. */
const unread = '…'

const isolated = (text: string) => `\u2068${text}\u2069`

/** What a role is limited to, in words. A name that this person may not read is shown as its id. */
export function useScopeText({ network, hospitals, partner, conference, session }: GrantScope): string {
  const { t, nameOf, language } = useReader()
  const networks = useResource<NetworkView[]>(network ? '/api/networks' : null)
  const places = useResource<Hospital[]>(network && hospitals.length > 0 ? `/api/hospitals?network=${network}` : null)
  const reads = readsProgrammes(useContext(ViewerContext), network)
  const conferences = useResource<ConferenceSummary[]>(conference && reads ? '/api/conferences' : null)
  const { picture } = useTopic(conference && session && reads ? `conference/${conference}` : null)
  if (!network && !partner && !conference && !session && hospitals.length === 0) return t('accounts.wholeHub')
  const at = networks.data?.find((view) => view.network.id === network)?.network
  const held = [...picture.items.values()].find((item) => item.type === 'session' && item.id === session)
  const parts = [
    network && (nameOf(at?.name) || (networks.isLoading ? unread : network)),
    ...hospitals.map((id) => nameOf(places.data?.find((hospital) => hospital.id === id)?.name) || (places.isLoading ? unread : id)),
    partner && (nameOf(at?.partners.find((p) => p.id === partner)?.name) || (networks.isLoading ? unread : partner)),
    conference && (conferences.data?.find((c) => c.id === conference)?.title ?? (conferences.isLoading ? unread : conference)),
    session && (held?.type === 'session' ? held.title : session),
  ]
  const known = parts.filter((part): part is string => !!part)
  return directed(known.map(isolated).join(' · '), language)
}

/** From when until when a role counts, in words. */
export function usePeriodText() {
  const { t } = useReader()
  const moment = useMoment()
  return ({ from, until }: Pick<Grant, 'from' | 'until'>, now: number) => {
    const begins = Date.parse(from) > now
    // A role that has always counted begins at the Unix epoch.
    if (!until && Date.parse(from) <= 0) return t('accounts.always')
    if (!until) return begins ? t('accounts.fromOn', { from: moment(from) }) : t('accounts.since', { from: moment(from) })
    if (Date.parse(until) <= now) return t('accounts.endedAt', { until: moment(until) })
    return begins ? t('accounts.fromUntil', { from: moment(from), until: moment(until) }) : t('accounts.until', { until: moment(until) })
  }
}
