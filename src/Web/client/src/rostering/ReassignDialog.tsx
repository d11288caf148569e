import { Badge, Button, Checkbox, Group, Modal, Select, Stack, Text, TextInput } from '@mantine/core'
import { IconCheck, IconX } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { useResource } from '../api/useResource'
import { ProblemNotice } from '../commands/ProblemNotice'
import { useSeen } from '../commands/useSeen'
import { useReader } from '../i18n'
import type { NetworkNames } from '../networks/useNetwork'
import { length, minute, shortDate, span, zoneCity } from '../time/format'
import { useNow } from '../time/useNow'
import { ChangedEngagement } from './ChangedEngagement'
import classes from './ReassignDialog.module.css'
import { answerMargin, type Candidate, candidatesUrl, type Engagement, type CommandInput } from './roster'
import { type UsedRosterCommand, useRosterCommand } from './useRosterCommand'

const deadlines = [
  ['900', 'board.min15'],
  ['3600', 'board.h1'],
  ['14400', 'board.h4'],
  ['86400', 'board.h24'],
] as const

/**
 * Ranked candidates with the reasons for and against each. The person ticks candidates. They are asked one by one in the order of the
 * ticks, or the first of them gets the engagement at once.
 */
export function ReassignDialog({
  network,
  week,
  engagement,
  first,
  chosen,
  names,
  close,
}: {
  network: string
  week: string
  engagement: Engagement
  first?: Engagement
  chosen: string | null
  names: NetworkNames
  close: () => void
}) {
  const { t } = useReader()
  const { seen, changed, renew } = useSeen(engagement, first)
  const command = useRosterCommand(network, week)
  const notice = changed && !command.busy && <ChangedEngagement seen={seen} live={engagement} names={names} renew={renew} />
  return (
    <Modal
      opened
      onClose={close}
      title={t('board.reassignTitle', { title: engagement.title })}
      size="lg"
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      <ReassignForm
        key={seen.version}
        network={network}
        week={week}
        engagement={seen}
        chosen={chosen}
        names={names}
        command={command}
        notice={notice}
        close={close}
      />
    </Modal>
  )
}

function ReassignForm({
  network,
  week,
  engagement,
  chosen,
  names,
  command,
  notice,
  close,
}: {
  network: string
  week: string
  engagement: Engagement
  chosen: string | null
  names: NetworkNames
  command: UsedRosterCommand
  notice: ReactNode
  close: () => void
}) {
  const { t, locale } = useReader()
  const zone = names.hospital(engagement.hospital)?.timeZone ?? names.zone
  const { data: candidates, error } = useResource<Candidate[]>(
    `${candidatesUrl(network, week, engagement.id)}?version=${engagement.version}`,
  )
  const [ladder, setLadder] = useState<readonly string[]>(chosen ? [chosen] : [])
  const [replaces, setReplaces] = useState<string | null>(engagement.consultants[0] ?? null)
  // An answer is due at the latest `answerMargin` before the start. Only times to answer that end by then are offered.
  const left = Date.parse(engagement.start) - answerMargin(names.network?.policy) - useNow(15_000)
  const possible = deadlines.filter(([seconds]) => Number(seconds) * 1000 <= left)
  const [wanted, setWithin] = useState('3600')
  const within = possible.some(([seconds]) => seconds === wanted) ? wanted : (possible.at(-1)?.[0] ?? null)
  const [reason, setReason] = useState('')
  const base = { engagement: engagement.id, expectedVersion: engagement.version, reason: reason.trim() || undefined }
  const others = engagement.consultants.filter((c) => c !== replaces)
  const run = async (input: CommandInput) => {
    if (await command.run(input)) close()
  }
  const [first] = ladder
  const toggle = (person: string) => setLadder((now) => (now.includes(person) ? now.filter((p) => p !== person) : [...now, person]))
  return (
    <Stack gap="sm">
      {notice}
      <Text size="sm">
        {[
          t('consultant.at', {
            date: shortDate(engagement.start, zone, locale),
            time: span(engagement.start, engagement.end, zone, locale),
            zone: zoneCity(zone, locale),
          }),
          names.hospitalName(engagement.hospital),
          names.roomName(engagement.hospital, engagement.room) || t('board.remote'),
          engagement.consultants.map(names.personName).join(', ') || t('board.unassigned'),
        ].map((part, i) => (
          <span key={part}>
            {i > 0 && ' · '}
            <bdi>{part}</bdi>
          </span>
        ))}
      </Text>
      {candidates?.length === 0 && <Text>{t('board.noCandidates')}</Text>}
      <ProblemNotice problem={error} title={t('shell.notRead')} />
      <div className={classes.scroll} role="group" aria-label={t('board.candidate')} tabIndex={0}>
        <ul className={classes.list}>
          {candidates?.map((candidate) => (
            <CandidateRow
              key={candidate.person}
              candidate={candidate}
              rank={ladder.indexOf(candidate.person)}
              names={names}
              toggle={toggle}
            />
          ))}
        </ul>
      </div>
      <Group grow align="flex-start">
        {engagement.consultants.length > 1 && (
          <Select
            label={t('board.replaces')}
            data={engagement.consultants.map((c) => ({ value: c, label: names.personName(c) }))}
            value={replaces}
            onChange={setReplaces}
            allowDeselect={false}
          />
        )}
        <Select
          label={t('board.answerWithin')}
          disabled={possible.length === 0}
          data={possible.map(([value, key]) => ({ value, label: t(key) }))}
          value={within}
          onChange={(v) => v && setWithin(v)}
          allowDeselect={false}
        />
        <TextInput label={t('board.reasonOptional')} maxLength={500} value={reason} onChange={(e) => setReason(e.currentTarget.value)} />
      </Group>
      <ProblemNotice problem={command.problem} />
      {!within && <Text size="sm">{t('board.tooLateToAsk')}</Text>}
      {!first && (
        <Text size="sm" c="dimmed">
          {t('board.chooseFirst')}
        </Text>
      )}
      <Group justify="flex-end">
        <Button variant="default" onClick={close}>
          {t('shell.cancel')}
        </Button>
        <Button
          variant="default"
          disabled={!first || !!notice || command.busy}
          title={t('board.emergencyHint')}
          onClick={() => void run({ ...base, type: 'emergencyMove', consultants: [...others, first!] })}
        >
          {t('board.emergency')}
        </Button>
        <Button
          variant="default"
          disabled={!first || !!notice || command.busy}
          onClick={() => void run({ ...base, type: 'assign', consultants: [...others, first!] })}
        >
          {t('board.assignNow')}
        </Button>
        <Button
          data-do="propose"
          disabled={!first || !within || !!notice}
          loading={command.busy}
          onClick={() =>
            void run({
              ...base,
              type: 'propose',
              candidate: first!,
              replaces,
              ladder: ladder.slice(1),
              answerWithinSeconds: Number(within),
            })
          }
        >
          {t('board.askThem')}
        </Button>
      </Group>
    </Stack>
  )
}

function CandidateRow({
  candidate,
  rank,
  names,
  toggle,
}: {
  candidate: Candidate
  rank: number
  names: NetworkNames
  toggle: (person: string) => void
}) {
  const { t, word, locale } = useReader()
  return (
    <li className={classes.candidate} data-candidate={candidate.person}>
      <Checkbox
        checked={rank >= 0}
        disabled={!candidate.available}
        styles={{ label: { color: 'var(--hub-text)' } }}
        onChange={() => toggle(candidate.person)}
        label={
          <Group gap="xs">
            <bdi>
              <b>{names.personName(candidate.person)}</b>
            </bdi>
            {!candidate.available && (
              <Badge variant="default" tt="none">
                {t('board.notAvailable')}
              </Badge>
            )}
            {rank >= 0 && (
              <Badge variant="filled" tt="none">
                {rank === 0 ? t('board.askFirst') : t('board.rank', { count: rank + 1 })}
              </Badge>
            )}
            <Text span size="xs" c="dimmed">
              {t('board.score', { count: candidate.score })}
            </Text>
          </Group>
        }
      />
      <ul className={classes.reasons}>
        {candidate.reasons.map((reason) => (
          <li key={reason.code + (reason.language ?? '')} data-good={reason.good}>
            {reason.good ? <IconCheck size={14} aria-hidden /> : <IconX size={14} aria-hidden />}
            {word('candidateReasons', reason.code, {
              minutes: length((reason.minutes ?? 0) * minute, locale),
              language: reason.language ? (new Intl.DisplayNames(locale, { type: 'language' }).of(reason.language) ?? reason.language) : '',
            })}
          </li>
        ))}
      </ul>
    </li>
  )
}
