import { Button, Container, Group, Loader, Paper, Stack, Text, TextInput, Title } from '@mantine/core'
import { IconCircleCheck, IconCircleX, IconHistory, IconHelpCircle, IconPlugConnectedX } from '@tabler/icons-react'
import { type FormEvent, useEffect, useState } from 'react'
import { useReader } from '../i18n'
import { LanguageMenu, ThemeMenu } from '../preferences/Preferences'
import { datedDay } from '../time/format'
import { number as format, useUnit } from './credit'
import { keepOffline } from './offline'
import { type Outcome, verifyNumber, verifyToken } from './verification'
import classes from './Verify.module.css'

const looks = {
  valid: [IconCircleCheck, 'good'],
  revoked: [IconCircleX, 'bad'],
  replaced: [IconHistory, 'bad'],
  unknown: [IconHelpCircle, 'bad'],
  forged: [IconCircleX, 'bad'],
  signed: [IconCircleCheck, 'unsure'],
  offline: [IconPlugConnectedX, 'unsure'],
} as const

/** How a person names the certificate that they ask about: by the token in its QR code, or by its number. */
type Asked = { readonly token: string } | { readonly number: string }

const tokenInAddress = (): Asked | null => (location.hash.length > 1 ? { token: location.hash.slice(1) } : null)

/**
 * Tells anybody whether a certificate is genuine and still valid. The QR code of a certificate opens this page. A person can also type the
 * certificate's number.
 */
export default function VerifyPage() {
  const { t, language } = useReader()
  const [asked, ask] = useState(tokenInAddress)
  const [answer, setAnswer] = useState<{ readonly to: Asked; readonly outcome: Outcome }>()
  const busy = asked !== null && answer?.to !== asked
  useEffect(() => {
    const changed = () => ask(tokenInAddress())
    addEventListener('hashchange', changed)
    return () => removeEventListener('hashchange', changed)
  }, [])
  // When the language changes, the parts of the page are stored on the device again, because the texts of the new language are new parts.
  useEffect(() => void keepOffline(), [language])
  useEffect(() => {
    if (!asked) return
    let wanted = true
    const verified = 'token' in asked ? verifyToken(asked.token) : verifyNumber(asked.number)
    void verified.then((outcome) => wanted && setAnswer({ to: asked, outcome }))
    return () => void (wanted = false)
  }, [asked])
  const restart = () => (history.replaceState(null, '', '/verify'), ask(null), setAnswer(undefined))
  return (
    <Container size="xs" py="xl" component="main">
      <Group justify="space-between" mb="xl">
        <Group gap="xs">
          <img src="/icon.svg" alt="" width={32} height={32} />
          <Text fw={700}>{t('shell.product')}</Text>
        </Group>
        <Group gap="xs">
          <LanguageMenu />
          <ThemeMenu />
        </Group>
      </Group>
      <Title order={1} size="h2">
        {t('verify.title')}
      </Title>
      {!(asked && 'token' in asked) && !answer && <NumberForm busy={busy} ask={(number) => ask({ number })} />}
      <div role="status" aria-live="polite">
        {busy ? <Loader mt="lg" aria-label={t('verify.checking')} /> : answer && <Result outcome={answer.outcome} />}
      </div>
      {answer && !busy && (
        <Button mt="lg" variant="default" onClick={restart}>
          {t('verify.another')}
        </Button>
      )}
    </Container>
  )
}

function NumberForm({ busy, ask }: { busy: boolean; ask: (typed: string) => void }) {
  const { t } = useReader()
  const [typed, setTyped] = useState('')
  const submit = (event: FormEvent) => (event.preventDefault(), ask(typed.trim()))
  return (
    <form onSubmit={submit}>
      <Stack gap="md" mt="xs">
        <Text>{t('verify.text')}</Text>
        <TextInput
          label={t('verify.number')}
          description={t('verify.numberHint')}
          name="number"
          dir="ltr"
          required
          maxLength={100}
          value={typed}
          onChange={(e) => setTyped(e.currentTarget.value)}
        />
        <Button type="submit" loading={busy} disabled={!typed.trim()}>
          {t('verify.check')}
        </Button>
      </Stack>
    </form>
  )
}

function Result({ outcome }: { outcome: Outcome }) {
  const { t, locale, nameOf } = useReader()
  const unit = useUnit()
  const [Icon, tone] = looks[outcome.standing]
  const { claims, names } = outcome
  // The text is in the reader's language. The holder's name is also shown as the QR code has it, because the paper may be in any language.
  const holder = names && nameOf(names.holder)
  const day = (date: string | number) => datedDay(date, 'UTC', locale)
  const rows =
    claims &&
    ([
      ['verify.holder', holder && holder !== claims.sub ? [holder, claims.sub] : claims.sub],
      [claims.cr ? 'verify.event' : 'certificates.completed', names?.title ? nameOf(names.title) : claims.evt],
      // A certificate of completion is about no credit.
      ['verify.credit', claims.cr && `${format(claims.cr, locale)} ${names?.unit ? unit(names.unit, claims.cr) : claims.unit}`],
      ['verify.body', names?.body ? nameOf(names.body) : claims.body],
      ['verify.issuer', names?.issuer ? nameOf(names.issuer) : claims.iss],
      [
        'verify.days',
        claims.from ? (claims.from === claims.to || !claims.to ? day(claims.from) : `${day(claims.from)} – ${day(claims.to)}`) : '',
      ],
      ['verify.issued', day(claims.iat * 1000)],
      ['verify.number', claims.jti],
    ] as const)
  return (
    <Paper withBorder radius="md" mt="lg" data-standing={outcome.standing}>
      <Group wrap="nowrap" p="md" className={classes.verdict} data-tone={tone}>
        <Icon size={40} aria-hidden className={classes.icon} />
        <div>
          <Title order={2} size="h3">
            {t(`verify.${outcome.standing}`)}
          </Title>
          <Text size="sm">{t(`verify.${outcome.standing}Text`, { date: outcome.since ? day(outcome.since) : '' })}</Text>
        </div>
      </Group>
      {rows && (
        <dl className={classes.facts}>
          {rows
            .filter(([, value]) => value)
            .map(([label, value]) => (
              <div key={label}>
                <dt>{t(label)}</dt>
                <dd>
                  {[value].flat().map((name) => (
                    <div key={name}>
                      <bdi>{name}</bdi>
                    </div>
                  ))}
                </dd>
              </div>
            ))}
        </dl>
      )}
      {rows && outcome.standing !== 'revoked' && (
        <Text size="sm" c="dimmed" px="md" pb="md">
          {t('verify.compare')}
        </Text>
      )}
    </Paper>
  )
}
