import { Anchor, Badge, Button, Group, Paper, Stack, Text, Title } from '@mantine/core'
import { IconCheck, IconMapPin, IconUserCheck, IconUsers } from '@tabler/icons-react'
import { useReader } from '../i18n'
import type { NetworkNames } from '../networks/useNetwork'
import { Confidential } from '../rostering/Confidential'
import { ProblemNotice } from '../rostering/Findings'
import { kindIcons, lookIcons } from '../rostering/look'
import { arrivalFrom, type Duty, lookOf } from '../rostering/roster'
import { useCommand } from '../rostering/useCommand'
import { localOf, relative, weekOf } from '../time/format'
import { useNow } from '../time/useNow'
import { mayArrive } from './itinerary'
import { When } from './When'
import classes from './ConsultantPage.module.css'

interface Props {
  readonly duty: Duty
  readonly names: NetworkNames
  readonly network: string
  readonly home: string | null
  readonly me: string
}

/** The duty under way or next: when, where, who else, and what can be said about it. */
export function DutyCard({ duty, names, network, home, me }: Props) {
  const { t, word, locale } = useReader()
  const now = useNow(15_000)
  const hospital = names.hospital(duty.hospital)
  const zone = hospital?.timeZone ?? names.zone
  const week = weekOf(localOf(duty.start, names.zone))
  const command = useCommand(network, week)
  const look = lookOf(duty)
  const [Kind, Status] = [kindIcons[duty.kind], lookIcons[look]]
  const others = duty.consultants.filter((c) => c !== me)
  const ended = Date.parse(duty.end) <= now
  // Who is there for them: the coordinator on duty when it begins.
  const meets = names.network?.duty.findLast(
    (d) => Date.parse(d.from) <= Date.parse(duty.start) && Date.parse(duty.start) < Date.parse(d.to),
  )?.coordinator
  const act = (type: 'arrive' | 'complete') => void command.run({ type, engagement: duty.id, expectedVersion: duty.version })
  return (
    <Paper withBorder p="md" radius="md" className={classes.card} data-engagement={duty.id} data-look={look}>
      <Stack gap="xs">
        <Group gap="xs" wrap="nowrap">
          <Kind size={20} aria-hidden />
          <Text size="sm" c="dimmed">
            {word('kinds', duty.kind)}
          </Text>
          <Badge ms="auto" variant="outline" color="gray" c="var(--hub-text)" tt="none" leftSection={<Status size={12} aria-hidden />}>
            {word('statuses', look)}
          </Badge>
        </Group>
        <Title order={3} size="h4">
          <bdi>{duty.title}</bdi>
        </Title>
        <Text fw={600} c="var(--hub-accent)">
          {duty.status === 'inProgress'
            ? t('consultant.underWay')
            : ended
              ? t('consultant.ended', { when: relative(duty.end, now, locale, zone) })
              : relative(duty.start, now, locale, zone)}
        </Text>
        <When start={duty.start} end={duty.end} zone={zone} home={home} />
        <div>
          <Text>
            <bdi>{names.roomName(duty.hospital, duty.room) || t('consultant.remote')}</bdi> · <bdi>{names.hospitalName(duty.hospital)}</bdi>
          </Text>
          {duty.room && hospital?.latitude != null && hospital.longitude != null && (
            <Anchor
              size="sm"
              className={classes.map}
              href={`https://www.openstreetmap.org/?mlat=${hospital.latitude}&mlon=${hospital.longitude}#map=15/${hospital.latitude}/${hospital.longitude}`}
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
        {meets && duty.room && (
          <Text size="sm" className={classes.line}>
            <IconUserCheck size={16} aria-hidden />
            {t('consultant.meets', { who: names.personName(meets) })}
          </Text>
        )}
        <Confidential
          network={network}
          week={week}
          duty={duty}
          line={(name, value) => (
            <Text size="sm">
              {name}: {value}
            </Text>
          )}
        />
        {duty.attention.map((reason) => (
          <Text key={reason} size="sm" c="var(--hub-warning)">
            {word('attention', reason)}
          </Text>
        ))}
        <ProblemNotice problem={command.problem} waiting={command.waiting} />
        {mayArrive(duty, now, arrivalFrom(names.network?.policy)) && (
          <Button size="lg" leftSection={<IconMapPin size={20} aria-hidden />} loading={command.busy} onClick={() => act('arrive')}>
            {t('consultant.arrived')}
          </Button>
        )}
        {((duty.status === 'inProgress' && Date.parse(duty.start) <= now) || ended) && (
          <Button size="lg" leftSection={<IconCheck size={20} aria-hidden />} loading={command.busy} onClick={() => act('complete')}>
            {t('consultant.done')}
          </Button>
        )}
      </Stack>
    </Paper>
  )
}
