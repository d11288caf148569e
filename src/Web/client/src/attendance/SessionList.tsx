import { Text } from '@mantine/core'
import { IconInfoCircle } from '@tabler/icons-react'
import type { PersonCredits } from '../api/schema'
import { number, useUnit } from '../certificates/credit'
import { useReader } from '../i18n'
import { shortDate } from '../time/format'
import { creditOf, minutesOf, whole } from './attendance'
import classes from './Attendance.module.css'

/**
 * The sessions of one person: how the person attended each session, how much credit each body counts for it, and why the body counts no
 * more.
 */
export function SessionList({ person }: { person: PersonCredits }) {
  const { t, word, nameOf, locale } = useReader()
  const unit = useUnit()
  return (
    <ul className={classes.sessions}>
      {person.sessions.map((s) => {
        const ways = [
          s.live > 0 && t('attendance.live', { minutes: whole(s.live, locale) }),
          s.recorded > 0 && t('attendance.recorded', { minutes: whole(s.recorded, locale) }),
          s.room > 0 && t('attendance.room', { minutes: whole(s.room, locale) }),
        ].filter(Boolean)
        return (
          <li key={s.session} className={classes.session} data-session={s.session}>
            <Text fw={600} className={classes.title}>
              <bdi>{s.title}</bdi>
            </Text>
            <Text size="sm" c="dimmed">
              {[
                s.day && shortDate(`${s.day}T12:00:00Z`, 'UTC', locale),
                t('attendance.attended', { minutes: whole(minutesOf(s), locale), held: whole(s.minutes, locale) }),
                ...ways,
                !s.over && t('attendance.running'),
              ]
                .filter(Boolean)
                .join(' · ')}
            </Text>
            <dl className={classes.credits}>
              {person.bodies.map((body) => {
                const credit = creditOf(body, s.session)
                return (
                  <div key={body.policy.id} className={classes.credit}>
                    <dt>
                      <bdi>{nameOf(body.policy.name)}</bdi>
                    </dt>
                    <dd>
                      <strong>
                        {number(credit?.credits ?? 0, locale)} <bdi>{unit(body.policy.unit, credit?.credits ?? 0)}</bdi>
                      </strong>
                      {credit?.why.map((why) => (
                        <span key={why} className={classes.why}>
                          <IconInfoCircle size={14} aria-hidden /> {word('creditReasons', why)}
                        </span>
                      ))}
                    </dd>
                  </div>
                )
              })}
            </dl>
          </li>
        )
      })}
    </ul>
  )
}
