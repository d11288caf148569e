import { Center, Loader } from '@mantine/core'
import { useMemo, useState } from 'react'
import { useParams, useSearch } from 'wouter'
import { useReader } from '../i18n'
import { useTopic } from '../live/useTopic'
import { useNetwork } from '../networks/useNetwork'
import { addWeeks, weekOf } from '../time/format'
import { useToday } from '../time/useNow'
import { useViewer } from '../viewer/useViewer'
import { dayOf } from './address'
import { Board } from './Board'
import { isOver } from './opening'
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
  const day = dayOf(useSearch())
  const [over, setOver] = useState<string>()
  // An address without a week and a day shows the current week, or the next week if the current one had work and none is left.
  const week = params.week ?? (day && day !== 'today' ? weekOf(day) : !day && current && over === current ? addWeeks(current, 1) : current)
  // The board is requested at once, so that it arrives while the names are read.
  const { picture, refused } = useTopic(week ? `board/${network}/${week}` : null)
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
  return <Board network={network} week={week} names={names} picture={picture} refused={refused} all={engagements} />
}
