import { Button, Group, Text } from '@mantine/core'
import { useState } from 'react'
import { Link } from 'wouter'
import { useReader } from '../i18n'
import { type NetworkNames, useNetwork } from '../networks/useNetwork'
import { lastOf } from '../records/requests'
import { PlanDialog } from '../rostering/PlanDialog'
import { addDays, instantOf, localOf, weekOf } from '../time/format'
import { useNow } from '../time/useNow'
import type { RecordRow } from '../records/wire'
import type { StepProps } from './RecordSteps'
import type { Progress } from './useProgress'

const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const
const daysTried = 14

/** The first morning in a visit on which the hospital is open, from tomorrow on. Without such a day, it is the first day. */
function morningOf(visit: RecordRow | undefined, hospital: ReturnType<NetworkNames['hospital']>, zone: string): number {
  const dateOf = (instant: unknown) => localOf(typeof instant === 'string' ? Date.parse(instant) : Date.now(), zone).slice(0, 10)
  const [arrival, departure] = [dateOf(visit?.cells.arrival), dateOf(visit?.cells.departure)]
  const tomorrow = addDays(dateOf(undefined), 1)
  const first = arrival > tomorrow ? arrival : tomorrow
  const days = Array.from({ length: daysTried }, (_, i) => addDays(first, i)).filter((day) => day <= departure)
  const open = days.find((day) => {
    const { hours = [], holidays = [] } = hospital ?? {}
    const weekday = weekdays[new Date(`${day}T00:00Z`).getUTCDay()]!
    return (
      (hours.length === 0 || hours.some((h) => h.day === weekday && (!h.from || h.from <= day) && (!h.until || day <= h.until))) &&
      !holidays.some((h) => h.from <= day && day <= h.until)
    )
  })
  return instantOf(`${open ?? first}T09:00`, zone)
}

/** The values with which the form for the first engagement begins: those that are known already. */
function blankOf({ rows }: Progress, names: NetworkNames) {
  const visit = rows.visits.find((row) => Date.parse(String(row.cells.departure)) > Date.now()) ?? rows.visits[0]
  const hospital = names.hospitals[0]
  return {
    hospital: hospital?.id ?? null,
    room: hospital?.rooms[0]?.id ?? null,
    consultant: typeof visit?.cells.consultant === 'string' ? visit.cells.consultant : null,
    start: morningOf(visit, hospital, hospital?.timeZone ?? names.zone),
  }
}

/** Plans the first engagement with the same form as the board. */
export function EngagementStep({ network, progress, readAgain, toNext }: StepProps) {
  const { t } = useReader()
  const [opened, setOpened] = useState(false)
  const names = useNetwork(network)
  if (!progress?.totals.visits || !progress.totals.rooms) return <Text role="status">{t('guide.firstVisit')}</Text>
  return (
    <>
      <Group>
        <Button disabled={!names.ready} onClick={() => setOpened(true)} data-do="plan">
          {t('board.create')}
        </Button>
        {progress.totals.engagements > 0 && (
          <Button variant="default" onClick={toNext} data-do="next">
            {t('guide.next')}
          </Button>
        )}
      </Group>
      {opened && (
        <PlanDialog
          network={network}
          blank={blankOf(progress, names)}
          names={names}
          close={() => setOpened(false)}
          done={() => void readAgain().then(toNext)}
        />
      )}
    </>
  )
}

/** Leads to the board, where the engagement is open and can be given to another consultant. */
export function AskStep({ network, progress, names }: StepProps) {
  const { t } = useReader()
  const now = useNow()
  const row = progress?.rows.engagements.find(({ cells }) => Date.parse(String(cells.start)) > now)
  if (!row) return <Text role="status">{t('guide.firstEngagement')}</Text>
  const week = weekOf(localOf(String(row.cells.start), names.zone))
  const address = `/board/${encodeURIComponent(network)}/${week}?reassign=${encodeURIComponent(lastOf(row.key))}`
  return (
    <Group>
      <Button component={Link} href={address} data-do="ask">
        {t('board.reassign')}
      </Button>
    </Group>
  )
}
