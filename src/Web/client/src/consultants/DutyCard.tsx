import { Anchor, Badge, Button, Group, Paper, Stack, Text, Title } from '@mantine/core'
import { IconMapPin } from '@tabler/icons-react'
import { useReader } from '../i18n'
import type { NetworkNames } from '../networks/useNetwork'
import { ProblemNotice } from '../rostering/Findings'
import { kindIcons, lookIcons } from '../rostering/look'
import { type Duty, lookOf } from '../rostering/roster'
import { useCommand } from '../rostering/useCommand'
import { clock, exact, relative, shortDate, weekOf, localOf, zoneCity } from '../time/format'
import { useNow } from '../time/useNow'

interface Props { readonly duty: Duty; readonly names: NetworkNames; readonly network: string; readonly home: string | null; readonly me: string }

/** When, in the hospital's zone and at home, each with its date. */
export function When({ start, end, zone, home }: { start: string; end: string; zone: string; home: string | null }) {
  const { t, locale } = useReader()
  const both = home && home !== zone ? [zone, home] : [zone]
  return (
    <>
      {both.map((z, i) => (
        <Text key={z} size={i === 0 ? 'md' : 'sm'} fw={i === 0 ? 600 : 400} c={i === 0 ? undefined : 'dimmed'} title={exact(start, z, locale)}>
          {t('consultant.at', { date: shortDate(start, z, locale), time: `${clock(start, z, locale)}–${clock(end, z, locale)}`, zone: zoneCity(z, locale) })}
        </Text>
      ))}
    </>
  )
}

/** The duty under way or next: where, when, who else, and what can be said about it. */
export function DutyCard({ duty, names, network, home, me }: Props) {
  const { t, word, locale } = useReader()
  const now = useNow(15_000)
  const hospital = names.hospital(duty.hospital)
  const zone = hospital?.timeZone ?? names.zone
  const command = useCommand(network, weekOf(localOf(duty.start, names.zone)))
  const [Kind, Status] = [kindIcons[duty.kind], lookIcons[lookOf(duty)]]
  const others = duty.consultants.filter((c) => c !== me)
  const act = (type: 'arrive' | 'complete') => void command.run({ type, engagement: duty.id, expectedVersion: duty.version })
  return (
    <Paper withBorder p="md" radius="md" data-engagement={duty.id}>
      <Stack gap="xs">
        <Group gap="xs" wrap="nowrap"><Kind size={20} aria-hidden /><Text size="sm" c="dimmed">{word('kinds', duty.kind)}</Text>
          <Badge ms="auto" variant="outline" color="gray" c="var(--hub-text)" tt="none" leftSection={<Status size={12} aria-hidden />}>{word('statuses', lookOf(duty))}</Badge></Group>
        <Title order={3} size="h4" dir="auto">{duty.title}</Title>
        <Text fw={600} c="var(--hub-accent)">{duty.status === 'inProgress' ? t('consultant.underWay') : relative(duty.start, now, locale)}</Text>
        <div><When start={duty.start} end={duty.end} zone={zone} home={home} /></div>
        <div>
          <Text><bdi>{names.hospitalName(duty.hospital)}</bdi>, <bdi>{names.roomName(duty.hospital, duty.room) || t('consultant.remote')}</bdi></Text>
          {duty.room && hospital?.latitude != null && hospital.longitude != null && (
            <Anchor size="sm" href={`https://www.openstreetmap.org/?mlat=${hospital.latitude}&mlon=${hospital.longitude}#map=15/${hospital.latitude}/${hospital.longitude}`} target="_blank" rel="noreferrer" underline="always">
              <Group component="span" gap={4}><IconMapPin size={16} aria-hidden />{t('consultant.map', { city: hospital.city })}</Group>
            </Anchor>
          )}
        </div>
        {others.length > 0 && <Text size="sm">{t('consultant.with', { who: others.map(names.personName).join(', ') })}</Text>}
        {duty.attention.map((reason) => <Text key={reason} size="sm" c="var(--hub-warning)">{word('attention', reason)}</Text>)}
        <ProblemNotice problem={command.problem} />
        {duty.status === 'confirmed' && Date.parse(duty.start) - now < 2 * 3_600_000 && <Button size="md" loading={command.busy} onClick={() => act('arrive')}>{t('consultant.arrived')}</Button>}
        {duty.status === 'inProgress' && <Button size="md" loading={command.busy} onClick={() => act('complete')}>{t('consultant.done')}</Button>}
      </Stack>
    </Paper>
  )
}
