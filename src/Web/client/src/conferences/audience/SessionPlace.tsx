import { Anchor, Button, Group, NumberInput, Paper, Rating, Stack, Text, Textarea } from '@mantine/core'
import { IconCheck, IconHourglass, IconQrcode, IconUsers } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { Link } from 'wouter'
import { http } from '../../api/http'
import type { FeedbackSummary } from '../../api/schema'
import { useResource } from '../../api/useResource'
import { ProblemNotice } from '../../commands/ProblemNotice'
import { useCommand } from '../../commands/useCommand'
import { useReader } from '../../i18n'
import { useNow } from '../../time/useNow'
import { useCoordinates, useViewer } from '../../viewer/useViewer'
import { endOf, type Session, startOf } from '../programme'
import { Registration, useRegistration } from './Registration'
import { type Places, useOwnPlaces } from './usePlaces'

type CommandInput =
  | { readonly type: 'register' | 'leave' }
  | { readonly type: 'feedback'; readonly stars: number; readonly text: string | undefined }
  | { readonly type: 'capacity'; readonly places: number | null }

/**
 * The reader's place in a session or on its waiting list, and the reader's feedback. Coordinators can also set the number of places, go to
 * the check-in page and read the feedback.
 */
export function SessionPlace({ conference, session, places }: { conference: string; session: Session; places: Places | undefined }) {
  const { t } = useReader()
  const { role } = useViewer()
  const coordinates = useCoordinates()
  const now = useNow(15_000)
  const url = `/api/conferences/${conference}/sessions/${session.id}`
  const { own, known, again } = useOwnPlaces(conference, places)
  const registration = useRegistration(conference)
  const mine = own.get(session.id)
  const command = useCommand<CommandInput>((input) => {
    switch (input.type) {
      case 'register':
        return http.put(`${url}/place`)
      case 'leave':
        return http.delete(`${url}/place`)
      case 'feedback':
        return http.put(`${url}/feedback`, { stars: input.stars, text: input.text })
      case 'capacity':
        return http.put(`${url}/capacity`, { places: input.places })
    }
  }, again)
  const { busy } = command
  const begun = startOf(session) <= now
  const open = !session.cancelled && now < endOf(session)
  const attends = mine?.registered || mine?.waitingAt != null
  return (
    <Paper withBorder p="sm" radius="md" data-place={mine?.registered ? 'registered' : mine?.waitingAt != null ? 'waiting' : 'none'}>
      <Stack gap="xs">
        {places && (places.capacity != null || places.registered > 0) && (
          <Text size="sm">
            <IconUsers size={15} aria-hidden style={{ verticalAlign: '-2px' }} />{' '}
            {places.capacity != null
              ? t('audience.placesOf', { taken: places.registered, count: places.capacity })
              : t('audience.coming', { count: places.registered })}
            {places.waiting > 0 && ` · ${t('audience.waiting', { count: places.waiting })}`}
          </Text>
        )}
        {mine?.registered && (
          <Mark icon={<IconCheck size={18} aria-hidden />}>{t(mine.checkedInAt ? 'audience.letIn' : 'audience.registered')}</Mark>
        )}
        {mine?.waitingAt != null && (
          <Mark icon={<IconHourglass size={18} aria-hidden />}>{t('audience.waitingAt', { at: mine.waitingAt })}</Mark>
        )}
        <ProblemNotice problem={command.problem} />
        {known &&
          role !== 'display' &&
          open &&
          !mine?.checkedInAt &&
          (!registration.data?.registered ? (
            <Registration conference={conference} />
          ) : attends ? (
            <Group>
              <Button variant="default" loading={busy} onClick={() => void command.run({ type: 'leave' })}>
                {t('audience.leave')}
              </Button>
            </Group>
          ) : (
            <Group>
              <Button loading={busy} onClick={() => void command.run({ type: 'register' })}>
                {t(places?.capacity != null && places.registered >= places.capacity ? 'audience.wait' : 'audience.register')}
              </Button>
            </Group>
          ))}
        {known && begun && role !== 'display' && !session.cancelled && (
          <Feedback
            given={mine?.stars ?? 0}
            busy={busy}
            send={(stars, text) => command.run({ type: 'feedback', stars, text: text.trim() || undefined })}
          />
        )}
        {coordinates && (
          <>
            <Capacity
              key={places?.capacity ?? ''}
              now={places?.capacity ?? null}
              busy={busy}
              save={(places) => command.run({ type: 'capacity', places })}
            />
            <Anchor component={Link} href={`/conferences/${conference}/checkin/${session.id}`} underline="always">
              <IconQrcode size={16} aria-hidden style={{ verticalAlign: '-3px' }} /> {t('audience.door')}
              {places && places.checkedIn > 0 && ` · ${t('audience.inside', { count: places.checkedIn })}`}
            </Anchor>
            {begun && <Heard url={`${url}/feedback`} />}
          </>
        )}
      </Stack>
    </Paper>
  )
}

function Mark({ icon, children }: { icon: ReactNode; children: ReactNode }) {
  return (
    <Group gap={6} role="status">
      {icon}
      <Text fw={600}>{children}</Text>
    </Group>
  )
}

function Feedback({ given, busy, send }: { given: number; busy: boolean; send: (stars: number, text: string) => Promise<unknown> }) {
  const { t } = useReader()
  const [stars, setStars] = useState(given)
  const [text, setText] = useState('')
  const [sent, setSent] = useState(false)
  return (
    <form onSubmit={(event) => (event.preventDefault(), void send(stars, text).then((answer) => setSent(answer !== null)))}>
      <Stack gap={6}>
        <Group gap="xs">
          <Text size="sm" fw={600}>
            {t('audience.howWasIt')}
          </Text>
          <Rating value={stars} onChange={(v) => (setStars(v), setSent(false))} getSymbolLabel={(v) => t('audience.stars', { count: v })} />
        </Group>
        {stars > 0 && (
          <Textarea
            label={t('audience.words')}
            description={t('audience.noName')}
            maxLength={1000}
            autosize
            minRows={2}
            value={text}
            onChange={(e) => (setText(e.currentTarget.value), setSent(false))}
          />
        )}
        {stars > 0 && (
          <Group>
            <Button type="submit" size="xs" variant="default" loading={busy} disabled={sent}>
              {t(sent ? 'audience.thanks' : 'audience.send')}
            </Button>
          </Group>
        )}
      </Stack>
    </form>
  )
}

function Capacity({ now, busy, save }: { now: number | null; busy: boolean; save: (places: number | null) => Promise<unknown> }) {
  const { t } = useReader()
  const [value, setValue] = useState<number | string>(now ?? '')
  const wanted = value === '' ? null : Number(value)
  return (
    <form onSubmit={(event) => (event.preventDefault(), void save(wanted))}>
      <Group align="flex-end" gap="xs">
        <NumberInput
          label={t('audience.capacity')}
          description={t('audience.capacityHint')}
          min={0}
          max={100_000}
          allowDecimal={false}
          hideControls
          value={value}
          onChange={setValue}
        />
        <Button type="submit" variant="default" loading={busy} disabled={wanted === now}>
          {t('shell.save')}
        </Button>
      </Group>
    </form>
  )
}

function Heard({ url }: { url: string }) {
  const { t, locale } = useReader()
  const { data } = useResource<FeedbackSummary>(url)
  const count = data?.counts.reduce((a, b) => a + b, 0) ?? 0
  if (!data || count === 0) return null
  const mean = data.counts.reduce((sum, n, i) => sum + n * (i + 1), 0) / count
  return (
    <div>
      <Text size="sm" fw={600}>
        {t('audience.heard', { mean: new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(mean), count })}
      </Text>
      <ul style={{ margin: 0, paddingInlineStart: '1rem' }}>
        {data.texts.slice(0, 50).map((text, i) => (
          <li key={i}>
            <Text size="sm" dir="auto">
              {text}
            </Text>
          </li>
        ))}
      </ul>
    </div>
  )
}
