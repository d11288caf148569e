import { Button, Center, Group, Loader, Select, Text, Title } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useMemo } from 'react'
import { useLocation, useParams, useSearch } from 'wouter'
import { ProblemNotice } from '../commands/ProblemNotice'
import { useReader } from '../i18n'
import { useTopic } from '../live/useTopic'
import { useNetwork } from '../networks/useNetwork'
import { queryWith } from '../records/address'
import { useToday } from '../time/useNow'
import { useViewer } from '../viewer/useViewer'
import { byStage, isLate, kinds } from './board'
import { InitiativeCard } from './InitiativeCard'
import classes from './Research.module.css'
import { StageBadge } from './StageBadge'
import { useInitiativeForms } from './useInitiativeForms'
import { useWhen } from './useWhen'
import type { Item } from './wire'

/** The live board of all initiatives of a network, by stage. */
export default function ResearchPage() {
  const { t, word, nameOf, locale } = useReader()
  const viewer = useViewer()
  const network = useParams<{ network?: string }>().network ?? viewer.network
  const names = useNetwork(network)
  const { picture, refused } = useTopic(`research/${network}`)
  const [, go] = useLocation()
  const query = useSearch()
  const today = useToday(names.zone)
  const when = useWhen(names.zone, undefined)
  const { forms, mayEnter, edit } = useInitiativeForms(network, undefined, false, () => undefined)
  const items = useMemo(() => [...picture.items.values()].filter((item): item is Item => item.type === 'initiative'), [picture])
  const asked = new URLSearchParams(query)
  const filters = { kind: asked.get('kind'), partner: asked.get('partner'), specialty: asked.get('specialty') }
  const keep = (change: Readonly<Record<string, string | null>>) => go(location.pathname + queryWith(query, change), { replace: true })
  if (refused)
    return (
      <Center h="60%" role="alert">
        {word('findings', refused)}
      </Center>
    )
  if (picture.position === null || !names.ready)
    return (
      <Center h="60%">
        {names.problem ? <ProblemNotice problem={names.problem} title={t('shell.notRead')} /> : <Loader aria-label={t('shell.loading')} />}
      </Center>
    )
  const groups = byStage(items, filters, today)
  const late = items.filter((item) => isLate(item, today)).length
  const used = (of: (item: Item) => string | null | undefined) => [...new Set(items.flatMap((item) => of(item) ?? []))]
  const choices = [
    { name: 'kind', data: kinds.map((value) => ({ value, label: word('choices', `initiatives.kind.${value}`) })) },
    {
      name: 'partner',
      data: used((item) => item.partner).map((value) => ({
        value,
        label: nameOf(names.network?.partners.find(({ id }) => id === value)?.name) || value,
      })),
    },
    { name: 'specialty', data: used((item) => item.specialty).map((value) => ({ value, label: names.specialtyName(value) })) },
  ] as const
  return (
    <div className={classes.page}>
      <Group justify="space-between" mb={4}>
        <Title order={1} size="h2">
          {t('research.board')}
        </Title>
        {mayEnter && (
          <Button data-do="new" leftSection={<IconPlus size={18} aria-hidden />} onClick={() => edit('initiatives')}>
            {word('recordNew', 'initiatives')}
          </Button>
        )}
      </Group>
      <Text size="sm" c="dimmed">
        {t('research.about')}
      </Text>
      {items.length === 0 ? (
        <div role="status">
          <Text mt="lg" fw={600}>
            {t('research.none')}
          </Text>
          <Text>{t(mayEnter ? 'research.noneStart' : 'research.noneAsk')}</Text>
        </div>
      ) : (
        <>
          <div className={classes.filters} role="group" aria-label={t('research.filters')}>
            {choices
              .filter(({ data }) => data.length > 0)
              .map(({ name, data }) => (
                <Select
                  key={name}
                  label={word('columns', name)}
                  placeholder={t('research.any')}
                  data={data}
                  value={filters[name]}
                  clearable
                  clearButtonProps={{ 'aria-label': t('records.clear') }}
                  onChange={(value) => keep({ [name]: value })}
                />
              ))}
          </div>
          <Text size="sm" role="status" mb="md">
            {t('research.count', { count: items.length })}
            {late > 0 && ` · ${t('research.lateCount', { count: items.reduce((sum, item) => sum + item.late, 0) || late })}`}
          </Text>
          {groups.length === 0 && (
            <Group>
              <Text>{t('research.noneMatch')}</Text>
              <Button variant="default" size="xs" onClick={() => keep({ kind: null, partner: null, specialty: null })}>
                {t('research.showAll')}
              </Button>
            </Group>
          )}
          <div className={classes.stages}>
            {groups.map(({ stage, items }) => (
              <section key={stage} aria-labelledby={`stage-${stage}`} data-stage-group={stage}>
                <Title order={2} size="h5" id={`stage-${stage}`} mb="xs">
                  <StageBadge stage={stage} /> <Text span>{new Intl.NumberFormat(locale).format(items.length)}</Text>
                </Title>
                <ul className={classes.cards}>
                  {items.map((item) => (
                    <InitiativeCard key={item.id} item={item} names={names} when={when} today={today} />
                  ))}
                </ul>
              </section>
            ))}
          </div>
        </>
      )}
      {forms}
    </div>
  )
}
