import { Center, Loader } from '@mantine/core'
import { useEffect, useMemo, useState } from 'react'
import { useLocation, useParams, useSearch } from 'wouter'
import { useReader } from '../i18n'
import { useTopic } from '../live/useTopic'
import { useNetwork } from '../networks/useNetwork'
import { addWeeks, weekOf } from '../time/format'
import { useToday } from '../time/useNow'
import { useViewer } from '../viewer/useViewer'
import { chosenOf, dayOf, searchWith } from './address'
import { Board } from './Board'
import { isOver } from './opening'
import { usePart } from './part'
import type { Engagement } from './roster'

/** The network's week, live. A coordinator moves engagements on it, and gives them to other consultants. */
export default function BoardPage() {
  const viewer = useViewer()
  const params = useParams<{ network?: string; week?: string }>()
  const network = params.network ?? viewer.network
  const names = useNetwork(network)
  const { t, word } = useReader()
  const today = useToday(names.zone)
  // Until the zone is known, the hub says which week it is.
  const current = names.ready ? weekOf(today) : names.currentWeek
  const search = useSearch()
  const day = dayOf(search)
  const [, go] = useLocation()
  const part = usePart(network)
  // A person who may see only some hospitals sees one of them at a time.
  const wanted = chosenOf(search).hospital
  const hospital = part.hospitals && (part.hospitals.find((h) => h === wanted) ?? part.hospitals[0]!)
  useEffect(() => {
    if (hospital && hospital !== wanted) go(location.pathname + searchWith(location.search, { hospital }), { replace: true })
  }, [go, hospital, wanted])
  const topic = hospital ? `/hospital/${hospital}` : part.partner ? `/partner/${part.partner}` : ''
  const seen = useMemo(
    () => (part.hospitals ? { ...names, hospitals: names.hospitals.filter((h) => part.hospitals!.includes(h.id)) } : names),
    [names, part],
  )
  const [over, setOver] = useState<string>()
  // An address without a week and a day shows the current week, or the next week if the current one had work and none is left.
  const week = params.week ?? (day && day !== 'today' ? weekOf(day) : !day && current && over === current ? addWeeks(current, 1) : current)
  // The board is requested at once, so that it arrives while the names are read.
  const { picture, refused } = useTopic(week ? `board/${network}/${week}${topic}` : null)
  const engagements = useMemo(() => [...picture.items.values()].filter((item): item is Engagement => item.type === 'engagement'), [picture])
  if (!params.week && !day && week && week === current && week !== over && picture.at && isOver(engagements, Date.parse(picture.at)))
    setOver(week)
  if (names.problem)
    return (
      <Center h="60%" role="alert">
        {names.problem.status === 403
          ? t('shell.denied')
          : names.problem.status === 0
            ? t('shell.unreachable')
            : word('findings', names.problem.code)}
      </Center>
    )
  if (!week || !names.ready)
    return (
      <Center h="60%">
        <Loader aria-label={t('board.loading')} />
      </Center>
    )
  return <Board network={network} week={week} names={seen} picture={picture} refused={refused} all={engagements} />
}
