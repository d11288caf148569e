import { Anchor, Badge, Button, Drawer, Group, Stack, Text, Title } from '@mantine/core'
import { IconAlertTriangle, IconHourglass } from '@tabler/icons-react'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import { Link } from 'wouter'
import { ProblemNotice } from '../commands/ProblemNotice'
import { useReader } from '../i18n'
import type { NetworkNames } from '../networks/useNetwork'
import { exact, length, longDate, shortDate, span, zoneCity } from '../time/format'
import { useNow } from '../time/useNow'
import { useViewer } from '../viewer/useViewer'
import { Confidential } from './Confidential'
import { History } from './History'
import { kindIcons, lookIcons } from './look'
import { PurposeLine } from './Purpose'
import { arrivalFrom, type Engagement, isOpen, lookOf, mayUndo, type CommandInput, mayArrive } from './roster'
import type { UsedRosterCommand } from './useRosterCommand'
import { countsOf } from './work'
import { workText } from './workText'

const WorkDialog = lazy(() => import('./WorkDialog'))

export type Asking = 'reassign' | 'changeTime' | 'cancel'

/** Everything about one engagement: its state in sentences, what can be done, and its history. */
export function Details({
  network,
  week,
  engagement,
  names,
  readOnly,
  command,
  ask,
  close,
}: {
  network: string
  week: string
  engagement: Engagement
  names: NetworkNames
  readOnly: boolean
  command: UsedRosterCommand
  ask: (what: Asking) => void
  close: () => void
}) {
  const reader = useReader()
  const { t, word, locale } = reader
  const { person, role } = useViewer()
  const now = useNow(1_000)
  const look = lookOf(engagement)
  const [Kind, Status] = [kindIcons[engagement.kind], lookIcons[look]]
  const hospital = names.hospital(engagement.hospital)
  const zone = hospital?.timeZone ?? names.zone
  const homes = [
    ...new Set(engagement.consultants.map((c) => names.consultant(c)?.homeTimeZone).filter((z) => !!z && z !== zone)),
  ] as string[]
  const base = { engagement: engagement.id, expectedVersion: engagement.version }
  const act = (label: string, type: 'confirm' | 'arrive' | 'noShow' | 'undo') => (
    <Button
      key={type}
      size="xs"
      variant="default"
      disabled={command.busy}
      onClick={() => void command.run({ ...base, type } as CommandInput, week)}
    >
      {label}
    </Button>
  )
  /** The version of the engagement, if its last change cannot be taken back, according to the history. Otherwise undefined. */
  const [settled, setSettled] = useState<number>()
  const [recording, setRecording] = useState(false)
  const mayRecord =
    engagement.status === 'completed' &&
    countsOf(engagement.kind, engagement.work).length > 0 &&
    (!readOnly || role === 'registrar' || engagement.consultants.includes(person))
  // An engagement that has not begun cannot be completed or missed.
  const begun = Date.parse(engagement.start) <= now
  const left = engagement.proposal ? Date.parse(engagement.proposal.deadline) - now : 0
  return (
    <Drawer
      opened
      onClose={close}
      position="right"
      size="md"
      title={
        <Group gap="xs">
          <Kind size={18} aria-hidden />
          <Text span fw={600}>
            {word('kinds', engagement.kind)}
          </Text>
        </Group>
      }
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      <Stack gap="md" data-details={engagement.id}>
        <div>
          <Title order={2} size="h3">
            <bdi>{engagement.title}</bdi>
          </Title>
          <Group gap="xs" mt={4}>
            <Badge
              variant="outline"
              color={look === 'attention' ? 'orange.9' : 'gray'}
              c="var(--hub-text)"
              tt="none"
              size="lg"
              leftSection={<Status size={14} aria-hidden />}
            >
              {word('statuses', look)}
            </Badge>
            {look !== engagement.status && (
              <Badge variant="outline" color="gray" c="var(--hub-text)" tt="none" size="lg">
                {word('statuses', engagement.status)}
              </Badge>
            )}
            <Text span size="sm" c="dimmed">
              {names.specialtyName(engagement.specialty)}
            </Text>
          </Group>
        </div>
        {engagement.attention.map((reason) => (
          <Note key={reason} icon={<IconAlertTriangle size={18} aria-hidden />}>
            {word('attention', reason)}
          </Note>
        ))}
        {engagement.emergency && <Note icon={<IconAlertTriangle size={18} aria-hidden />}>{t('board.emergencyOpen')}</Note>}
        {engagement.moving && <Note icon={<IconHourglass size={18} aria-hidden />}>{t('board.movingAway')}</Note>}
        {engagement.proposal && (
          <Note icon={<IconHourglass size={18} aria-hidden />}>
            {left > 0
              ? t('board.pendingFor', { who: names.personName(engagement.proposal.candidate), left: length(left, locale) })
              : t('board.pendingLate', { who: names.personName(engagement.proposal.candidate) })}
            {engagement.proposal.ladder.length > 0 &&
              ` · ${t('board.thenAsked', { who: engagement.proposal.ladder.map(names.personName).join(', ') })}`}
          </Note>
        )}
        <dl style={{ margin: 0, display: 'grid', gridTemplateColumns: 'max-content minmax(0, 1fr)', gap: '0.35rem 1rem' }}>
          <Fact name={t('board.when')}>
            <span title={exact(engagement.start, zone, locale)}>
              {t('consultant.at', {
                date: longDate(engagement.start, zone, locale),
                time: span(engagement.start, engagement.end, zone, locale),
                zone: zoneCity(zone, locale),
              })}
            </span>
            {homes.map((home) => (
              <Text key={home} size="sm" c="dimmed">
                {t('consultant.at', {
                  date: shortDate(engagement.start, home, locale),
                  time: span(engagement.start, engagement.end, home, locale),
                  zone: zoneCity(home, locale),
                })}
              </Text>
            ))}
          </Fact>
          <Fact name={t('board.where')}>
            <bdi>{names.hospitalName(engagement.hospital)}</bdi> ·{' '}
            <bdi>{names.roomName(engagement.hospital, engagement.room) || t('board.remote')}</bdi>
          </Fact>
          {hospital?.contact && (
            <Fact name={t('board.askThere')}>
              <bdi>{hospital.contact}</bdi>
            </Fact>
          )}
          <Fact name={t('board.who')}>
            {engagement.consultants.length === 0
              ? t('board.nobody')
              : engagement.consultants.map((c) => (
                  <div key={c}>
                    {readOnly ? (
                      <bdi>{names.personName(c)}</bdi>
                    ) : (
                      <Anchor component={Link} href={`/people/${c}`}>
                        <bdi>{names.personName(c)}</bdi>
                      </Anchor>
                    )}
                    {names.consultant(c)?.contact && (
                      <Text size="sm" c="dimmed">
                        <bdi>{names.consultant(c)!.contact}</bdi>
                      </Text>
                    )}
                  </div>
                ))}
          </Fact>
          {engagement.attendees != null && <Fact name={t('board.attendees')}>{engagement.attendees}</Fact>}
          {engagement.status === 'completed' && (
            <Fact name={t('work.done')}>{workText(engagement.work, reader, (id) => names.procedureName(engagement.hospital, id))}</Fact>
          )}
          {!!engagement.needs?.length && (
            <Fact name={t('board.needs')}>
              <bdi>{engagement.needs.join(' · ')}</bdi>
            </Fact>
          )}
          <Confidential network={network} week={week} engagement={engagement} line={(name, value) => <Fact name={name}>{value}</Fact>} />
          {(engagement.purpose || !readOnly) && (
            <Fact name={t('board.purpose')}>
              <PurposeLine network={network} week={week} engagement={engagement} readOnly={readOnly} command={command} />
            </Fact>
          )}
          {engagement.session && (
            <Fact name={t('board.session')}>
              <Anchor component={Link} href={`/conferences/${engagement.session.conference}?session=${engagement.session.session}`}>
                {t('board.openSession')}
              </Anchor>
            </Fact>
          )}
        </dl>
        <ProblemNotice problem={command.problem} waiting={command.waiting} />
        {mayRecord && (
          <Group gap="xs">
            <Button size="xs" variant="default" onClick={() => setRecording(true)}>
              {t(engagement.work ? 'work.correct' : 'work.record')}
            </Button>
          </Group>
        )}
        {!readOnly && (
          <Group gap="xs">
            {isOpen(engagement) && (
              <Button size="xs" onClick={() => ask('reassign')}>
                {t('board.reassign')}
              </Button>
            )}
            {isOpen(engagement) && (
              <Button size="xs" variant="default" onClick={() => ask('changeTime')}>
                {t('board.changeTime')}
              </Button>
            )}
            {engagement.status === 'planned' && act(t('board.confirm'), 'confirm')}
            {engagement.status === 'confirmed' &&
              mayArrive(engagement, now, arrivalFrom(names.network?.policy)) &&
              act(t('board.arrive'), 'arrive')}
            {(engagement.status === 'inProgress' || engagement.status === 'confirmed') && begun && (
              <Button size="xs" variant="default" disabled={command.busy} onClick={() => setRecording(true)}>
                {t('board.complete')}
              </Button>
            )}
            {engagement.status === 'confirmed' && begun && act(t('board.noShow'), 'noShow')}
            {isOpen(engagement) && (
              <Button size="xs" variant="default" onClick={() => ask('cancel')}>
                {t('board.cancelEngagement')}
              </Button>
            )}
            {settled !== engagement.version && act(t('board.undo'), 'undo')}
          </Group>
        )}
        <History
          network={network}
          week={week}
          engagement={engagement}
          names={names}
          told={(newest) => setSettled(mayUndo(newest) ? undefined : engagement.version)}
        />
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
    </Drawer>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <Text component="dt" size="sm" c="dimmed">
        {name}
      </Text>
      <Text component="dd" size="sm" m={0}>
        {children}
      </Text>
    </>
  )
}

function Note({ icon, children }: { icon: ReactNode; children: ReactNode }) {
  return (
    <Group
      gap="xs"
      wrap="nowrap"
      align="flex-start"
      p="xs"
      style={{
        background: 'var(--hub-warning-soft)',
        color: 'var(--hub-warning)',
        borderInlineStart: '3px solid currentcolor',
        borderRadius: 4,
      }}
    >
      {icon}
      <Text size="sm">{children}</Text>
    </Group>
  )
}
