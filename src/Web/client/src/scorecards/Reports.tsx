import { Anchor, Button, Group, List, Text, Title } from '@mantine/core'
import { Link } from 'wouter'
import { http } from '../api/http'
import type { ScorecardReport } from '../api/schema'
import { useResource } from '../api/useResource'
import { ProblemNotice } from '../commands/ProblemNotice'
import { useCommand } from '../commands/useCommand'
import { useReader } from '../i18n'
import type { NetworkNames } from '../networks/useNetwork'
import { clock, datedDay } from '../time/format'
import { type Question, reportsUrl } from './question'
import { useNaming } from './useNaming'

interface Props {
  readonly network: string
  readonly question: Question
  readonly names: NetworkNames
}

/** The stored reports, and a button that stores the figures of the page as one. */
export function Reports({ network, question, names }: Props) {
  const { t, locale } = useReader()
  const naming = useNaming(names)
  const { data, error, mutate } = useResource<ScorecardReport[]>(reportsUrl(network))
  const { report: shown, ...asked } = question
  const store = useCommand(
    (_: typeof asked, commandId, waiting) => http.post<ScorecardReport>(reportsUrl(network), { ...asked, commandId }, waiting),
    () => mutate(),
  )
  return (
    <section aria-labelledby="reports">
      <Title order={2} size="h4" id="reports" mb="xs">
        {t('scorecard.reports')}
      </Title>
      <Text size="sm" c="dimmed" mb="sm">
        {t('scorecard.reportsHint')}
      </Text>
      <ProblemNotice problem={error} title={t('shell.notRead')} />
      <ProblemNotice problem={store.problem} waiting={store.waiting} />
      {!shown && (
        <Button variant="default" mb="sm" loading={store.busy} onClick={() => void store.run(asked)}>
          {t('scorecard.store')}
        </Button>
      )}
      {data?.length === 0 && <Text role="status">{t('scorecard.noReports')}</Text>}
      <List listStyleType="none" spacing="xs">
        {data?.map(({ id, at, by, question: { from, to, filter } }) => (
          <List.Item key={id}>
            <Group gap="xs">
              <Anchor component={Link} href={`/scorecard/${network}?report=${id}`} aria-current={id === shown ? 'page' : undefined}>
                {t('scorecard.period', {
                  from: datedDay(`${from}T12:00:00Z`, 'UTC', locale),
                  to: datedDay(`${to}T12:00:00Z`, 'UTC', locale),
                })}
              </Anchor>
              <Text size="sm">
                {[
                  filter.hospital && naming('hospitals', filter.hospital),
                  filter.specialty && naming('specialties', filter.specialty),
                  filter.partner && naming('partners', filter.partner),
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </Text>
              <Text size="sm" c="dimmed">
                {t('scorecard.storedBy', {
                  who: names.personName(by),
                  when: `${datedDay(at, names.zone, locale)} ${clock(at, names.zone, locale)}`,
                })}
              </Text>
            </Group>
          </List.Item>
        ))}
      </List>
    </section>
  )
}
