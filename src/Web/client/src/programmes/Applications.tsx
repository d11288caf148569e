import { ActionIcon, Anchor, Button, Group, Table, Text, Title } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconMinus, IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useForm } from '../accounts/useForm'
import { ProblemNotice } from '../commands/ProblemNotice'
import { useReader } from '../i18n'
import { open } from '../shell/opened'
import { relative } from '../time/format'
import { useViewer } from '../viewer/useViewer'
import classes from './Programmes.module.css'
import { StatusBadge } from './StatusBadge'
import { type Application, type CohortSummary, command, deciding, has, type Programme } from './wire'

interface Props {
  readonly programme: Programme
  readonly summary: CohortSummary
  readonly applications: readonly Application[]
  readonly zone: string
  readonly now: number
}

/** More applications than this are shown only on demand. */
const first = 100

const canBeRanked = ({ status }: Application) => status === 'submitted' || status === 'waiting'
const byRank = (a: Application, b: Application) =>
  (a.rank ?? Infinity) - (b.rank ?? Infinity) || Date.parse(a.submittedAt) - Date.parse(b.submittedAt)

/** The applications for a cohort. Those who decide put them in order and offer the places. */
export function Applications({ programme, summary, applications, zone, now }: Props) {
  const { t, word, nameOf, locale } = useReader()
  const viewer = useViewer()
  const { cohort, selection } = summary
  const { profile } = programme
  const selects = profile.admission === 'selection' && has(viewer, programme, ...deciding)
  // While somebody puts the applications in order, the list is that person's own until it is saved.
  const [order, setOrder] = useState<{ readonly people: readonly string[]; readonly seen: number }>()
  const [most, setMost] = useState(first)
  const form = useForm(command(profile.id), () => setOrder(undefined))
  const reviewed = profile.admission === 'selection'
  const sides = profile.partner ? (['network', 'partner'] as const) : (['network'] as const)
  const rows = [...applications].sort(byRank)
  const ranked = order?.people ?? rows.filter((a) => canBeRanked(a) && a.rank).map((a) => a.person)
  const edit = (people: readonly string[]) => setOrder({ people, seen: order?.seen ?? selection.rankedAt })
  const move = (person: string, by: number) => {
    const at = ranked.indexOf(person)
    const rest = ranked.filter((other) => other !== person)
    edit([...rest.slice(0, at + by), person, ...rest.slice(at + by)])
  }
  const places = new Map(ranked.map((person, i) => [person, i]))
  const place = (a: Application) => places.get(a.person) ?? ranked.length
  const shown = order ? [...rows].sort((a, b) => place(a) - place(b)) : rows
  // Somebody in the order may have withdrawn meanwhile. Who has read that the order has changed may replace it.
  const saved = (order?.people ?? []).filter((person) => rows.some((a) => a.person === person && canBeRanked(a)))
  const seen = form.problem?.code === 'programme.stale' ? selection.rankedAt : order?.seen
  const mayOffer = selects && !order && !selection.offering && ranked.length > 0
  return (
    <div role="group" aria-label={t('programmes.applications')}>
      <Group justify="space-between" mt="sm" mb={4}>
        <Title order={3} size="h5">
          {t('programmes.applicationCount', { count: applications.length })}
        </Title>
        <Group gap="xs">
          {order && (
            <>
              <Button
                data-do="rank"
                loading={form.busy}
                onClick={() => void form.run({ type: 'rank', cohort: cohort.id, people: saved, expectedVersion: seen })}
              >
                {t('programmes.saveOrder')}
              </Button>
              <Button variant="default" onClick={() => (setOrder(undefined), form.clear())}>
                {t('shell.cancel')}
              </Button>
            </>
          )}
          {mayOffer && (
            <Button
              data-do="offer"
              loading={form.busy}
              disabled={now < Date.parse(cohort.applyBy)}
              onClick={() => void form.run({ type: 'offer', cohort: cohort.id, expectedVersion: selection.rankedAt })}
            >
              {t('programmes.offer', { count: Math.min(cohort.places - summary.taken, ranked.length) })}
            </Button>
          )}
        </Group>
      </Group>
      {mayOffer && now < Date.parse(cohort.applyBy) && <Text size="sm">{t('programmes.offerLater')}</Text>}
      {selection.offering && now < Date.parse(`${cohort.from}T00:00Z`) && <Text size="sm">{t('programmes.offering')}</Text>}
      <ProblemNotice problem={form.problem} waiting={form.waiting} />
      {form.factorDialog}
      {applications.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('programmes.noApplications')}
        </Text>
      ) : (
        <div className={classes.scroll} role="group" aria-label={t('programmes.applications')} tabIndex={0}>
          <Table verticalSpacing={4}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('programmes.rank')}</Table.Th>
                <Table.Th>{t('columns.person')}</Table.Th>
                <Table.Th>{t('programmes.status')}</Table.Th>
                {reviewed && <Table.Th>{t('programmes.reviews')}</Table.Th>}
                {selects && (
                  <Table.Th>
                    <span className={classes.hidden}>{t('programmes.order')}</span>
                  </Table.Th>
                )}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {shown.slice(0, most).map((application) => {
                const at = places.get(application.person) ?? -1
                const name = nameOf(application.name)
                return (
                  <Table.Tr key={application.person} data-application={application.person}>
                    <Table.Td>{order ? (at >= 0 ? at + 1 : '') : (application.rank ?? '')}</Table.Td>
                    <Table.Td>
                      <Anchor
                        component="button"
                        type="button"
                        ta="start"
                        onClick={() => open('application', `${cohort.id}/${application.person}`)}
                      >
                        <bdi>{name}</bdi>
                      </Anchor>
                      <Text size="xs" c="dimmed">
                        {relative(application.submittedAt, now, locale, zone)}
                      </Text>
                    </Table.Td>
                    <Table.Td>
                      <StatusBadge status={application.status} />
                    </Table.Td>
                    {reviewed && (
                      <Table.Td>
                        {sides.map((side) => (
                          <Text key={side} size="sm">
                            {t('programmes.reviewsOf', {
                              side: word('reviewSides', side),
                              there: application.reviews.filter((r) => r.side === side && !r.conflict).length,
                              needed: profile.reviewsPerSide,
                            })}
                          </Text>
                        ))}
                      </Table.Td>
                    )}
                    {selects && (
                      <Table.Td>
                        {canBeRanked(application) && (
                          <Group gap={4} wrap="nowrap" justify="flex-end">
                            {at >= 0 ? (
                              <>
                                <Move
                                  icon={IconArrowUp}
                                  act="up"
                                  label={t('programmes.up', { name })}
                                  off={at === 0}
                                  run={() => move(application.person, -1)}
                                />
                                <Move
                                  icon={IconArrowDown}
                                  act="down"
                                  label={t('programmes.down', { name })}
                                  off={at === ranked.length - 1}
                                  run={() => move(application.person, 1)}
                                />
                                <Move
                                  icon={IconMinus}
                                  act="unrank"
                                  label={t('programmes.unrank', { name })}
                                  off={application.status === 'waiting'}
                                  run={() => edit(ranked.filter((p) => p !== application.person))}
                                />
                              </>
                            ) : (
                              <Move
                                icon={IconPlus}
                                act="addRank"
                                label={t('programmes.addRank', { name })}
                                run={() => edit([...ranked, application.person])}
                              />
                            )}
                          </Group>
                        )}
                      </Table.Td>
                    )}
                  </Table.Tr>
                )
              })}
            </Table.Tbody>
          </Table>
        </div>
      )}
      {shown.length > most && (
        <Button mt="xs" size="xs" variant="default" onClick={() => setMost(most + first)}>
          {t('records.more', { count: shown.length - most })}
        </Button>
      )}
    </div>
  )
}

interface MoveProps {
  readonly icon: typeof IconArrowUp
  readonly act: string
  readonly label: string
  readonly off?: boolean
  readonly run: () => void
}

function Move({ icon: Sign, act, label, off, run }: MoveProps) {
  return (
    <ActionIcon variant="default" size={36} data-do={act} aria-label={label} title={label} disabled={off} onClick={run}>
      <Sign size={18} aria-hidden />
    </ActionIcon>
  )
}
