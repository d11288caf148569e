import { Badge, Button, Checkbox, Group, Modal, Select, Stack, Text, TextInput } from '@mantine/core'
import { IconCheck, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { useReader } from '../i18n'
import { fill } from '../i18n/fill'
import { useResource } from '../api/useResource'
import type { NetworkNames } from '../networks/useNetwork'
import { length, minute, shortDate, span, zoneCity } from '../time/format'
import { ProblemNotice } from './Findings'
import classes from './ReassignDialog.module.css'
import { type Candidate, candidatesUrl, type Duty, type Wish } from './roster'
import { useCommand } from './useCommand'

const deadlines = [['900', 'board.min15'], ['3600', 'board.h1'], ['14400', 'board.h4'], ['86400', 'board.h24']] as const

/** Ranked candidates with what speaks for and against each. Who is ticked is asked in that order; or the first takes it at once. */
export function ReassignDialog({ network, week, duty, chosen, names, close }: { network: string; week: string; duty: Duty; chosen: string | null; names: NetworkNames; close: () => void }) {
  const { t, locale } = useReader()
  const zone = names.hospital(duty.hospital)?.timeZone ?? names.zone
  const { data: candidates, error } = useResource<Candidate[]>(`${candidatesUrl(network, week, duty.id)}?version=${duty.version}`)
  const [ladder, setLadder] = useState<readonly string[]>(chosen ? [chosen] : [])
  const [replaces, setReplaces] = useState<string | null>(duty.consultants[0] ?? null)
  const [within, setWithin] = useState('3600')
  const [reason, setReason] = useState('')
  const command = useCommand(network, week)
  const base = { engagement: duty.id, expectedVersion: duty.version, reason: reason.trim() || undefined }
  const others = duty.consultants.filter((c) => c !== replaces)
  const run = async (wish: Wish) => {
    if (await command.run(wish)) close()
  }
  const [first] = ladder
  const toggle = (person: string) => setLadder((now) => (now.includes(person) ? now.filter((p) => p !== person) : [...now, person]))
  return (
    <Modal opened onClose={close} title={t('board.reassignTitle', { title: duty.title })} size="lg" closeButtonProps={{ 'aria-label': t('shell.close') }}>
      <Stack gap="sm">
        <Text size="sm">{[t('consultant.at', { date: shortDate(duty.start, zone, locale), time: span(duty.start, duty.end, zone, locale), zone: zoneCity(zone, locale) }), names.hospitalName(duty.hospital), names.roomName(duty.hospital, duty.room) || t('board.remote'), duty.consultants.map(names.personName).join(', ') || t('board.unassigned')].map((part, i) => <span key={part}>{i > 0 && ' · '}<bdi>{part}</bdi></span>)}</Text>
        {candidates?.length === 0 && <Text>{t('board.noCandidates')}</Text>}
        <ProblemNotice problem={error} title={t('shell.notRead')} />
        <div className={classes.scroll} role="group" aria-label={t('board.candidate')} tabIndex={0}>
          <ul className={classes.list}>
            {candidates?.map((candidate) => <CandidateRow key={candidate.person} candidate={candidate} rank={ladder.indexOf(candidate.person)} names={names} toggle={toggle} />)}
          </ul>
        </div>
        <Group grow align="flex-start">
          {duty.consultants.length > 1 && <Select label={t('board.replaces')} data={duty.consultants.map((c) => ({ value: c, label: names.personName(c) }))} value={replaces} onChange={setReplaces} allowDeselect={false} />}
          <Select label={t('board.answerWithin')} data={deadlines.map(([value, key]) => ({ value, label: t(key) }))} value={within} onChange={(v) => v && setWithin(v)} allowDeselect={false} />
          <TextInput label={t('board.reasonOptional')} maxLength={500} value={reason} onChange={(e) => setReason(e.currentTarget.value)} />
        </Group>
        <ProblemNotice problem={command.problem} />
        {!first && <Text size="sm" c="dimmed">{t('board.chooseFirst')}</Text>}
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>{t('shell.cancel')}</Button>
          <Button variant="default" disabled={!first || command.busy} title={t('board.emergencyHint')} onClick={() => void run({ ...base, type: 'emergencyMove', consultants: [...others, first!] })}>{t('board.emergency')}</Button>
          <Button variant="default" disabled={!first || command.busy} onClick={() => void run({ ...base, type: 'assign', consultants: [...others, first!] })}>{t('board.assignNow')}</Button>
          <Button disabled={!first} loading={command.busy} onClick={() => void run({ ...base, type: 'propose', candidate: first!, replaces, ladder: ladder.slice(1), answerWithinSeconds: Number(within) })}>{t('board.askThem')}</Button>
        </Group>
      </Stack>
    </Modal>
  )
}

function CandidateRow({ candidate, rank, names, toggle }: { candidate: Candidate; rank: number; names: NetworkNames; toggle: (person: string) => void }) {
  const { t, word, language, locale } = useReader()
  return (
    <li className={classes.candidate} data-candidate={candidate.person}>
      <Checkbox checked={rank >= 0} disabled={!candidate.available} styles={{ label: { color: 'var(--hub-text)' } }} onChange={() => toggle(candidate.person)}
        label={<Group gap="xs"><bdi><b>{names.personName(candidate.person)}</b></bdi>
          {!candidate.available && <Badge variant="default" tt="none">{t('board.notAvailable')}</Badge>}
          {rank >= 0 && <Badge variant="filled" tt="none">{rank === 0 ? t('board.askFirst') : t('board.rank', { count: rank + 1 })}</Badge>}
          <Text span size="xs" c="dimmed">{t('board.score', { count: candidate.score })}</Text></Group>} />
      <ul className={classes.reasons}>
        {candidate.reasons.map((reason) => (
          <li key={reason.code} data-good={reason.good}>
            {reason.good ? <IconCheck size={14} aria-hidden /> : <IconX size={14} aria-hidden />}
            {fill(word('candidateReasons', reason.code), { minutes: length((reason.minutes ?? 0) * minute, locale) }, language)}
          </li>
        ))}
      </ul>
    </li>
  )
}
