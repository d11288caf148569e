import { Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { useReader } from '../i18n'
import type { useNetwork } from '../networks/useNetwork'
import { addDays } from '../time/format'
import { useNow } from '../time/useNow'
import { lanesOf, mondays, mostIn, part } from './rotations'
import classes from './Rotations.module.css'
import { useDates } from './useDates'
import type { Cohort, Department, NamedRotation, RotationsView } from './wire'

interface Props {
  readonly cohort: Cohort
  readonly departments: readonly Department[]
  readonly rotations: readonly NamedRotation[]
  /** The rotations of all cohorts, which take places too. */
  readonly all: readonly NamedRotation[]
  readonly view: RotationsView | undefined
  readonly names: ReturnType<typeof useNetwork>
  readonly show: (rotation: string) => void
}

const percent = (share: number) => `${share * 100}%`

/** Departments down, weeks across. Each bar is one rotation, and each week says how many of the department's places are taken. */
export function RotationBoard({ cohort, departments, rotations, all, view, names, show }: Props) {
  const { t, nameOf, locale } = useReader()
  const { date, period } = useDates()
  const now = useNow(60_000)
  const weeks = mondays(cohort.from, cohort.to)
  const [start, end] = [weeks[0]!, addDays(weeks.at(-1)!, 6)]
  const today = new Date(now).toISOString().slice(0, 10)
  const short = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', timeZone: 'UTC' })
  const scroll = useRef<HTMLDivElement>(null)
  // A long plan opens at the week of today.
  useEffect(() => {
    scroll.current?.querySelector('[data-now]')?.scrollIntoView({ block: 'nearest', inline: 'center' })
  }, [cohort.id])
  const style = { minInlineSize: `${weeks.length * 4.25}rem` }
  return (
    <div ref={scroll} className={classes.scroll} role="group" aria-label={t('rotations.board')} tabIndex={0}>
      <div className={classes.row}>
        <div className={classes.name} />
        <div className={classes.weeks} style={style} aria-hidden>
          {weeks.map((monday) => (
            <span key={monday} className={classes.week} data-now={(monday <= today && today <= addDays(monday, 6)) || undefined}>
              {short.format(new Date(`${monday}T00:00Z`))}
            </span>
          ))}
        </div>
      </div>
      {departments.map((department) => {
        const here = rotations.filter(({ rotation }) => rotation.department === department.id)
        const taken = all.filter(({ rotation }) => rotation.department === department.id)
        const lanes = lanesOf(here)
        const holidays = view?.holidays.filter(({ hospital }) => (hospital ?? null) === (department.hospital ?? null)) ?? []
        return (
          <section key={department.id} className={classes.row} aria-label={nameOf(department.name)} data-department={department.id}>
            <div className={classes.name}>
              <Text size="sm" fw={600} dir="auto">
                {nameOf(department.name)}
              </Text>
              <Text size="xs" c="dimmed">
                {department.hospital ? names.hospitalName(department.hospital) : t('columns.atPartner')}
                {` · ${t('programmes.placesOf', { count: department.capacity })}`}
              </Text>
            </div>
            <div className={classes.lanes} style={style}>
              {holidays.map((holiday) => {
                const { at, width } = part(holiday.from, holiday.until, start, end)
                return (
                  <div
                    key={holiday.from}
                    className={classes.holiday}
                    style={{ insetInlineStart: percent(at), inlineSize: percent(width) }}
                    title={`${holiday.name}: ${period(holiday.from, holiday.until)}`}
                  />
                )
              })}
              {start <= today && today <= end && (
                <div className={classes.today} style={{ insetInlineStart: percent(part(today, today, start, end).at) }} />
              )}
              {lanes.map((lane) => (
                <div key={lane[0]!.rotation.id} className={classes.lane}>
                  {lane.map(({ rotation, name }) => {
                    const { at, width } = part(rotation.from, rotation.to, start, end)
                    const marked = view?.attention.some((reason) => reason.rotation === rotation.id)
                    return (
                      <button
                        key={rotation.id}
                        type="button"
                        className={classes.bar}
                        data-rotation={rotation.id}
                        style={{ insetInlineStart: percent(at), inlineSize: percent(width) }}
                        title={`${nameOf(name)}: ${date(rotation.from)} – ${date(rotation.to)}`}
                        aria-label={t('rotations.bar', { name: nameOf(name), period: period(rotation.from, rotation.to) })}
                        onClick={() => show(rotation.id)}
                      >
                        {marked && <IconAlertTriangle size={14} aria-hidden />}
                        <bdi>{nameOf(name)}</bdi>
                      </button>
                    )
                  })}
                </div>
              ))}
              <div className={classes.counts}>
                {weeks.map((monday) => {
                  const count = mostIn(taken, monday)
                  return (
                    <span key={monday} className={classes.count} data-full={count >= department.capacity || undefined}>
                      {t('rotations.taken', { count, places: department.capacity })}
                    </span>
                  )
                })}
              </div>
            </div>
          </section>
        )
      })}
    </div>
  )
}
