import { Alert, Anchor, Button, Container, Group, Paper, Stack, Text, TextInput, Title } from '@mantine/core'
import { IconCamera, IconCircleCheck, IconCircleX, IconRepeat } from '@tabler/icons-react'
import { useMemo, useRef, useState } from 'react'
import { Link, useParams } from 'wouter'
import { http, type Problem } from '../../api/http'
import type { CheckInReport } from '../../api/schema'
import { useReader } from '../../i18n'
import { useTopic } from '../../live/useTopic'
import { useTitle } from '../../shell/title'
import { clock } from '../../time/format'
import { programmeOf } from '../programme'
import { placesOf } from './usePlaces'
import { canScan, useScanner } from './useScanner'

type Answer = { at: number; report?: CheckInReport; problem?: Problem }

/** The page for the people at a session's door. It scans tickets or takes typed ticket codes, and says whether to let the person in. */
export default function CheckInPage() {
  const { t, word, nameOf, locale } = useReader()
  const { id, session: wanted } = useParams<{ id: string; session: string }>()
  const { picture } = useTopic(`conference/${id}`)
  const { head, sessions } = useMemo(() => programmeOf(picture.items), [picture])
  const session = sessions.find((s) => s.id === wanted)
  useTitle(session && `${t('audience.door')} · ${session.title}`)
  const places = placesOf(picture.items).get(wanted)
  const [code, setCode] = useState('')
  const [scanning, setScanning] = useState(false)
  const [answers, setAnswers] = useState<readonly Answer[]>([])
  const input = useRef<HTMLInputElement>(null)
  const check = async (shown: string) => {
    const at = Date.now()
    try {
      const report = await http.post<CheckInReport>(`/api/conferences/${id}/sessions/${wanted}/checkins`, { code: shown })
      setAnswers((known) => [{ at, report }, ...known].slice(0, 20))
    } catch (problem) {
      setAnswers((known) => [{ at, problem: problem as Problem }, ...known].slice(0, 20))
    }
  }
  const { video, fault } = useScanner(scanning, (scanned) => void check(scanned))
  const submit = () => {
    if (code.trim()) void check(code.trim())
    setCode('')
    input.current?.focus()
  }
  return (
    <Container size="xs" py="md">
      <Title order={1} size="h3">
        {t('audience.door')}
      </Title>
      {session && (
        <Text>
          <bdi>{session.title}</bdi>
        </Text>
      )}
      {session && (
        <Text size="sm">
          <bdi>{session.room}</bdi>
          {session.start && head && ` · ${clock(session.start, head.timeZone, locale)}`}
        </Text>
      )}
      <Text size="sm" c="dimmed" mb="sm">
        {t('audience.inside', { count: places?.checkedIn ?? 0 })}
        {places?.capacity != null && ` · ${t('audience.placesOf', { taken: places.registered, count: places.capacity })}`}
      </Text>
      <Stack gap="sm">
        {canScan() ? (
          scanning ? (
            <video
              ref={video}
              muted
              playsInline
              aria-label={t('audience.camera')}
              style={{ width: '100%', borderRadius: 8, background: '#000', aspectRatio: '4 / 3', objectFit: 'cover' }}
            />
          ) : (
            <Button size="lg" leftSection={<IconCamera size={20} aria-hidden />} onClick={() => setScanning(true)}>
              {t('audience.scan')}
            </Button>
          )
        ) : (
          <Text size="sm">{t('audience.noScan')}</Text>
        )}
        {fault && (
          <Alert role="alert" color="orange" variant="light" icon={<IconCamera aria-hidden />}>
            {t(`audience.${fault}`)}
          </Alert>
        )}
        <form onSubmit={(event) => (event.preventDefault(), submit())}>
          <Group align="flex-end" gap="xs" wrap="nowrap">
            <TextInput
              ref={input}
              style={{ flex: 1 }}
              label={t('audience.code')}
              dir="ltr"
              autoComplete="off"
              autoCapitalize="characters"
              spellCheck={false}
              value={code}
              onChange={(e) => setCode(e.currentTarget.value)}
              name="code"
            />
            <Button type="submit" disabled={!code.trim()}>
              {t('audience.check')}
            </Button>
          </Group>
        </form>
        <Stack gap="xs" role="log" aria-label={t('audience.latest')}>
          {answers.map((answer, i) => (
            <Paper
              key={`${answer.at}-${i}`}
              withBorder
              p="sm"
              radius="md"
              data-answer={answer.report ? (answer.report.again ? 'again' : 'in') : 'refused'}
              style={i === 0 ? { borderWidth: 2, borderColor: answer.report ? 'var(--hub-accent)' : 'var(--hub-warning)' } : undefined}
            >
              <Group gap="xs" wrap="nowrap">
                {answer.report ? (
                  answer.report.again ? (
                    <IconRepeat aria-hidden />
                  ) : (
                    <IconCircleCheck aria-hidden color="var(--hub-accent)" />
                  )
                ) : (
                  <IconCircleX aria-hidden color="var(--hub-warning)" />
                )}
                <div>
                  <Text fw={600}>{answer.report ? <bdi>{nameOf(answer.report.name)}</bdi> : t('audience.notIn')}</Text>
                  <Text size="sm">
                    {answer.report ? t(answer.report.again ? 'audience.again' : 'audience.in') : word('findings', answer.problem!.code)}
                  </Text>
                </div>
              </Group>
            </Paper>
          ))}
        </Stack>
        <Anchor component={Link} href={`/conferences/${id}?session=${wanted}`} underline="always">
          {t('audience.back')}
        </Anchor>
      </Stack>
    </Container>
  )
}
