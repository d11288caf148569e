import { Anchor, Badge, Button, Group, Paper, Stack, Text, Title } from '@mantine/core'
import { IconCheck, IconMapPin, IconPhone, IconUserCheck, IconUsers } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { ProblemNotice } from '../commands/ProblemNotice'
import { useReader } from '../i18n'
import type { NetworkNames } from '../networks/useNetwork'
import { Confidential } from '../rostering/Confidential'
import { kindIcons, lookIcons } from '../rostering/look'
import { arrivalFrom, type Engagement, lookOf, mayArrive } from '../rostering/roster'
import { useRosterCommand } from '../rostering/useRosterCommand'
import { localOf, relative, weekOf } from '../time/format'
import { onCallAt } from '../networks/onCall'
import { useNow } from '../time/useNow'
import { workText } from '../rostering/workText'
import classes from './ConsultantPage.module.css'
import { When } from './When'

const WorkDialog = lazy(() => import('../rostering/WorkDialog'))

interface Props {
  readonly engagement: Engagement
  readonly names: NetworkNames
  readonly network: string
  readonly home: string | null
  readonly me: string
}

const mapOf = (latitude: number, longitude: number) =>
  `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=15/${latitude}/${longitude}`

/** An engagement under way, the next one, or one without a reported outcome: when, where, who else, and what the consultant can report. */
export function EngagementCard({ engagement, names, network, home, me }: Props) {
  const reader = useReader()
  const { t, word, locale } = reader
  const [recording, setRecording] = useState(false)
  const completed = engagement.status === 'completed'
  const now = useNow(15_000)
  const hospital = names.hospital(engagement.hospital)
  const zone = hospital?.timeZone ?? names.zone
  const week = weekOf(localOf(engagement.start, names.zone))
  const command = useRosterCommand(network, week)
  const look = lookOf(engagement)
  const [Kind, Status] = [kindIcons[engagement.kind], lookIcons[look]]
  const others = engagement.consultants.filter((c) => c !== me)
  const ended = Date.parse(engagement.end) <= now
  // The person who meets the consultant: the coordinator on call when the engagement begins.
  const meets = onCallAt(names.network?.duty ?? [], engagement.start)
  const arrive = () => void command.run({ type: 'arrive', engagement: engagement.id, expectedVersion: engagement.version })
  return (
    <Paper withBorder p="md" radius="md" className={classes.card} data-engagement={engagement.id} data-look={look}>
      <Stack gap="xs">
        <Group gap="xs" wrap="nowrap">
          <Kind size={20} aria-hidden />
          <Text size="sm" c="dimmed">
            {word('kinds', engagement.kind)}
          </Text>
          <Badge ms="auto" variant="outline" color="gray" c="var(--hub-text)" tt="none" leftSection={<Status size={12} aria-hidden />}>
            {word('statuses', look)}
          </Badge>
        </Group>
        <Title order={3} size="h4">
          <bdi>{engagement.title}</bdi>
        </Title>
        <Text fw={600} c="var(--hub-accent)">
          {engagement.status === 'inProgress'
            ? t('consultant.underWay')
            : ended
              ? t('consultant.ended', { when: relative(engagement.end, now, locale, zone) })
              : relative(engagement.start, now, locale, zone)}
        </Text>
        <When start={engagement.start} end={engagement.end} zone={zone} home={home} />
        <div>
          <Text>
            <bdi>{names.roomName(engagement.hospital, engagement.room) || t('consultant.remote')}</bdi> ·{' '}
            <bdi>{names.hospitalName(engagement.hospital)}</bdi>
          </Text>
          {engagement.room && hospital?.latitude != null && hospital.longitude != null && (
            <Anchor
              size="sm"
              className={classes.map}
              href={mapOf(hospital.latitude, hospital.longitude)}
              target="_blank"
              rel="noreferrer"
              underline="always"
            >
              <IconMapPin size={16} aria-hidden />
              {t('consultant.map')}
            </Anchor>
          )}
        </div>
        {others.length > 0 && (
          <Text size="sm" className={classes.line}>
            <IconUsers size={16} aria-hidden />
            {t('consultant.with', { who: new Intl.ListFormat(locale, { type: 'conjunction' }).format(others.map(names.personName)) })}
          </Text>
        )}
        {meets && engagement.room && (
          <Text size="sm" className={classes.line}>
            <IconUserCheck size={16} aria-hidden />
            {t('consultant.meets', { who: names.personName(meets) })}
          </Text>
        )}
        {hospital?.contact && engagement.room && (
          <Text size="sm" className={classes.line}>
            <IconPhone size={16} aria-hidden />
            <span>
              {t('board.askThere')}: <bdi>{hospital.contact}</bdi>
            </span>
          </Text>
        )}
        <Confidential
          network={network}
          week={week}
          engagement={engagement}
          line={(name, value) => (
            <Text size="sm">
              {name}: {value}
            </Text>
          )}
        />
        {engagement.attention.map((reason) => (
          <Text key={reason} size="sm" c="var(--hub-warning)">
            {word('attention', reason)}
          </Text>
        ))}
        <ProblemNotice problem={command.problem} waiting={command.waiting} />
        {mayArrive(engagement, now, arrivalFrom(names.network?.policy)) && (
          <Button size="lg" leftSection={<IconMapPin size={20} aria-hidden />} loading={command.busy} onClick={arrive}>
            {t('consultant.arrived')}
          </Button>
        )}
        {completed && (
          <Text size="sm">
            {t('work.done')}: {workText(engagement.work, reader, (id) => names.procedureName(engagement.hospital, id))}
          </Text>
        )}
        {((engagement.status === 'inProgress' && Date.parse(engagement.start) <= now) || ended) && (
          <Button size="lg" leftSection={<IconCheck size={20} aria-hidden />} loading={command.busy} onClick={() => setRecording(true)}>
            {t(completed ? (engagement.work ? 'work.correct' : 'work.record') : 'consultant.done')}
          </Button>
        )}
      </Stack>
      <Suspense>
        {recording && (
          <WorkDialog
            engagement={engagement}
            names={names}
            week={week}
            command={command}
            close={() => (setRecording(false), command.clear())}
          />
        )}
      </Suspense>
    </Paper>
  )
}
