import { ActionIcon, Button, Checkbox, Group, NumberInput, Select, Stack, Text } from '@mantine/core'
import { IconCoffee, IconPlayerPlay, IconPlayerStop, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import type { LectureStage } from '../../api/schema'
import { ProblemNotice } from '../../commands/ProblemNotice'
import { useReader } from '../../i18n'
import { clock } from '../../time/format'
import { useViewer } from '../../viewer/useViewer'
import { agrees, type Lecture } from '../lecture'
import { Agreement } from '../Recording'
import classes from '../Room.module.css'
import { type Me, useLectureCommand } from '../useLecture'

/** The stage's state, the people on air, the next speaker, and the recording. */
export function StageDesk({ lecture, me }: { lecture: Lecture; me: Me }) {
  const { t, nameOf, locale } = useReader()
  const { person } = useViewer()
  const command = useLectureCommand(lecture.session)
  const [sure, setSure] = useState(false)
  const to = (stage: LectureStage) => (setSure(false), void command.run({ type: 'setStage', stage }))
  const hosts = me.is('host')
  const speakers = [
    ...new Map([
      ...lecture.speakers.filter((s) => s.person).map((s) => [s.person!, s.known ? nameOf(s.known) : s.name] as const),
      ...lecture.crew.filter((c) => c.role === 'speaker' || c.role === 'host').map((c) => [c.person, nameOf(c.name)] as const),
    ]),
  ]
  const mayHandOver = lecture.onAir.length > 0 && (hosts || lecture.onAir.some((s) => s.person === person))
  const next = lecture.onAir.find((s) => s.handsOverTo)?.handsOverTo
  return (
    <Stack gap="sm">
      {hosts && lecture.stage !== 'ended' && (
        <Group>
          {lecture.stage === 'greenRoom' && (
            <Button data-do="live" leftSection={<IconPlayerPlay size={18} aria-hidden />} loading={command.busy} onClick={() => to('live')}>
              {t('lecture.goLive')}
            </Button>
          )}
          {lecture.stage === 'live' && (
            <Button variant="default" leftSection={<IconCoffee size={18} aria-hidden />} loading={command.busy} onClick={() => to('break')}>
              {t('lecture.pause')}
            </Button>
          )}
          {lecture.stage === 'break' && (
            <Button leftSection={<IconPlayerPlay size={18} aria-hidden />} loading={command.busy} onClick={() => to('live')}>
              {t('lecture.resume')}
            </Button>
          )}
          {lecture.stage !== 'greenRoom' && !sure && (
            <Button
              color="red.9"
              variant="outline"
              styles={{ root: { color: 'var(--hub-warning)' } }}
              leftSection={<IconPlayerStop size={18} aria-hidden />}
              onClick={() => setSure(true)}
            >
              {t('lecture.end')}
            </Button>
          )}
        </Group>
      )}
      {sure && (
        <Group role="alertdialog" aria-label={t('lecture.endSure')}>
          <Text size="sm">{t('lecture.endSure')}</Text>
          <Button autoFocus color="red.9" loading={command.busy} onClick={() => to('ended')}>
            {t('lecture.end')}
          </Button>
          <Button variant="default" onClick={() => setSure(false)}>
            {t('shell.cancel')}
          </Button>
        </Group>
      )}
      {lecture.onAir.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('lecture.nobodyOnAir')}
        </Text>
      ) : (
        <ul className={classes.list}>
          {lecture.onAir.map((s) => (
            <li key={s.stream} className={classes.item} data-on-air={s.person}>
              <div className={classes.words}>
                <Text fw={600}>
                  <bdi>{nameOf(s.name)}</bdi>
                </Text>
                <Text size="sm" c="dimmed">
                  {t('lecture.since', { time: clock(s.since, lecture.timeZone, locale) })}
                </Text>
                {lecture.recording && (
                  <Text size="sm" data-recorded={agrees(lecture, s.person)}>
                    {t(agrees(lecture, s.person) ? 'lecture.hasAgreed' : 'lecture.hasNotAgreed')}
                  </Text>
                )}
                {s.handsOverTo && (
                  <Text size="sm">
                    {t('lecture.handsOver', { who: speakers.find(([id]) => id === s.handsOverTo)?.[1] ?? s.handsOverTo })}
                  </Text>
                )}
              </div>
              {(hosts || me.is('moderator')) && (
                <ActionIcon
                  variant="default"
                  aria-label={t('lecture.takeOff', { who: nameOf(s.name) })}
                  onClick={() => void command.run({ type: 'takeOffAir', stream: s.stream })}
                >
                  <IconX size={16} />
                </ActionIcon>
              )}
            </li>
          ))}
        </ul>
      )}
      {mayHandOver &&
        (next ? (
          <Button size="xs" variant="default" onClick={() => void command.run({ type: 'handOver' })}>
            {t('lecture.cancelHandOver')}
          </Button>
        ) : (
          <Select
            size="sm"
            label={t('lecture.handOverTo')}
            data={speakers.map(([value, label]) => ({ value, label }))}
            value={null}
            onChange={(value) => value && void command.run({ type: 'handOver', to: value })}
            searchable
          />
        ))}
      {hosts && <Recording lecture={lecture} />}
      {lecture.stage === 'ended' && agrees(lecture, person) && <Agreement lecture={lecture} />}
      <ProblemNotice problem={command.problem} />
    </Stack>
  )
}

/** A host decides whether the lecture is recorded, and how long the recording is kept. A host cannot agree for a speaker. */
function Recording({ lecture }: { lecture: Lecture }) {
  const { t, nameOf } = useReader()
  const command = useLectureCommand(lecture.session)
  const names = [
    ...lecture.speakers.flatMap((s) => (s.person ? [[s.person, s.known ? nameOf(s.known) : s.name] as const] : [])),
    ...lecture.crew.map((c) => [c.person, nameOf(c.name)] as const),
    ...lecture.onAir.map((a) => [a.person, nameOf(a.name)] as const),
  ]
  const agreed = lecture.agreements
    .filter((a) => a.agrees)
    .map((a) => new Map(names).get(a.person))
    .filter((name) => !!name)
  const [days, setDays] = useState<number | string>(lecture.recording?.days ?? 90)
  const set = (consent: boolean) => void command.run({ type: 'setRecording', consent, days: Number(days) })
  return (
    <Stack gap={6}>
      <Text size="sm">{lecture.recording ? t('lecture.recordingOn', { count: lecture.recording.days }) : t('lecture.recordingOff')}</Text>
      {lecture.recording && (
        <Text size="sm" data-agreed={agreed.length}>
          {agreed.length > 0 ? t('lecture.agreedAre', { who: agreed.join(', ') }) : t('lecture.nobodyAgreed')}
        </Text>
      )}
      <Group align="end">
        <NumberInput size="xs" w={110} label={t('lecture.days')} min={1} max={3_650} value={days} onChange={setDays} hideControls />
        <Checkbox
          pb={6}
          label={t('lecture.consent')}
          checked={!!lecture.recording}
          disabled={command.busy || days === ''}
          onChange={(e) => set(e.currentTarget.checked)}
        />
      </Group>
      <ProblemNotice problem={command.problem} />
    </Stack>
  )
}
