import { Anchor, Badge, Button, Center, Group, Loader, Paper, Stack, Text, Title } from '@mantine/core'
import { IconEdit, IconInfoCircle } from '@tabler/icons-react'
import { type ReactNode, useEffect, useEffectEvent, useRef } from 'react'
import { Link, useLocation, useParams } from 'wouter'
import { useResource } from '../api/useResource'
import { ProblemNotice } from '../commands/ProblemNotice'
import { useReader } from '../i18n'
import { useTopic } from '../live/useTopic'
import { useNetwork } from '../networks/useNetwork'
import { useTitle } from '../shell/title'
import { useToday } from '../time/useNow'
import { Calls } from './Calls'
import { Meetings } from './Meetings'
import { Milestones } from './Milestones'
import { Approvals, Outputs, Papers, Resources } from './Parts'
import classes from './Research.module.css'
import { StageBadge } from './StageBadge'
import { Tasks } from './Tasks'
import { useInitiativeForms } from './useInitiativeForms'
import { useWhen } from './useWhen'
import type { InitiativeView } from './wire'

/** One initiative with everything that belongs to it. */
export default function InitiativePage() {
  const { t } = useReader()
  const { id } = useParams<{ id: string }>()
  const { data, error, mutate } = useResource<InitiativeView>(`/api/initiatives/${encodeURIComponent(id)}/overview`)
  if (error?.status === 404)
    return (
      <Center h="60%">
        <Stack align="center">
          <Text role="alert">{t('research.unknown')}</Text>
          <Anchor component={Link} href="/research">
            {t('research.toBoard')}
          </Anchor>
        </Stack>
      </Center>
    )
  if (!data)
    return (
      <Center h="60%">
        {error ? <ProblemNotice problem={error} title={t('shell.notRead')} /> : <Loader aria-label={t('shell.loading')} />}
      </Center>
    )
  return (
    <>
      <ProblemNotice problem={error} title={t('shell.notRead')} />
      <Whole key={id} view={data} read={() => void mutate()} />
    </>
  )
}

function Whole({ view, read }: { view: InitiativeView; read: () => void }) {
  const { t, word, nameOf } = useReader()
  const { initiative, stages, mayChange, mayDecide, leads } = view
  const { profile } = initiative
  const names = useNetwork(profile.network)
  const partner = names.network?.partners.find((each) => each.id === profile.partner)
  const when = useWhen(names.zone, partner?.timeZone)
  const today = useToday(names.zone)
  const [, go] = useLocation()
  // The board's item changes with every change of the initiative.
  const item = useTopic(`research/${profile.network}`).picture.items.get(`initiative/${profile.id}`)
  const changed = item?.type === 'initiative' ? item.changed : undefined
  const readAgain = useEffectEvent(read)
  const wasThere = useRef(false)
  useEffect(() => {
    // An initiative that leaves the board was removed.
    if (changed !== undefined || wasThere.current) readAgain()
    wasThere.current ||= changed !== undefined
  }, [changed])
  const { forms, edit: open } = useInitiativeForms(profile.network, profile.id, mayChange, ({ change }) =>
    change.after === null && change.path === `/api/initiatives/${profile.id}` ? go('/research') : read(),
  )
  const edit = mayChange ? open : undefined
  useTitle(nameOf(profile.title))
  if (!names.ready && !names.problem)
    return (
      <Center h="60%">
        <Loader aria-label={t('shell.loading')} />
      </Center>
    )
  const facts: readonly (readonly [string, ReactNode])[] = [
    [word('columns', 'kind'), word('choices', `initiatives.kind.${profile.kind}`)],
    [word('columns', 'partner'), nameOf(partner?.name) || profile.partner],
    [word('columns', 'sites'), profile.sites.map(names.hospitalName).join(' · ')],
    [word('columns', 'lead'), names.personName(profile.lead)],
    [word('columns', 'partnerLead'), profile.partnerLead && names.personName(profile.partnerLead)],
    [word('columns', 'specialty'), profile.specialty && names.specialtyName(profile.specialty)],
    [word('columns', 'until'), profile.until && when.at(profile.until)],
  ]
  const shared = { initiative, edit, names, when, today, changed: read }
  return (
    <div className={classes.page}>
      <Anchor component={Link} href="/research" size="sm">
        {t('research.toBoard')}
      </Anchor>
      <Group justify="space-between" align="flex-start" mb="xs">
        <Title order={1} size="h2" dir="auto">
          {nameOf(profile.title)}
        </Title>
        {edit && (
          <Button
            variant="default"
            data-do="edit"
            leftSection={<IconEdit size={18} aria-hidden />}
            onClick={() => edit('initiatives', profile.id)}
          >
            {t('research.edit')}
          </Button>
        )}
      </Group>
      <Group gap="xs" mb="xs">
        <StageBadge stage={profile.stage} />
        {profile.open && (
          <Badge variant="default" tt="none">
            {t('research.inCatalogue')}
          </Badge>
        )}
        {profile.public && (
          <Anchor component={Link} href={`/public/initiatives/${profile.id}`} size="sm">
            {t('columns.public')}
          </Anchor>
        )}
      </Group>
      <Group gap={6} mb="md" wrap="nowrap" role="note" data-no-data>
        <IconInfoCircle size={18} aria-hidden style={{ flexShrink: 0 }} />
        <Text size="sm">{t('research.noData')}</Text>
      </Group>
      <div className={classes.initiative}>
        <div className={classes.column}>
          <Paper component="section" withBorder p="md" radius="md" aria-labelledby="part-about">
            <Title order={2} size="h5" id="part-about" mb="xs">
              {t('research.facts')}
            </Title>
            {profile.aims && (
              <Text mb="sm" dir="auto">
                {nameOf(profile.aims)}
              </Text>
            )}
            <dl className={classes.facts}>
              {facts
                .filter(([, value]) => value)
                .map(([label, value]) => (
                  <div key={label}>
                    <dt>{label}</dt>
                    <dd>
                      <bdi>{value}</bdi>
                    </dd>
                  </div>
                ))}
            </dl>
          </Paper>
          <Milestones {...shared} />
          <Tasks {...shared} leads={leads} />
          <Calls {...shared} mayDecide={mayDecide} />
        </div>
        <div className={classes.column}>
          <Meetings initiative={initiative} names={names} when={when} />
          <Approvals {...shared} />
          <Outputs {...shared} />
          <Papers {...shared} />
          <Resources {...shared} />
          <Paper component="section" withBorder p="md" radius="md" aria-labelledby="part-stages" data-part="stages">
            <Title order={2} size="h5" id="part-stages" mb="xs">
              {t('research.history')}
            </Title>
            <ul className={classes.entries}>
              {stages.map(({ stage, at, by }) => (
                <li key={at}>
                  <Text size="sm">
                    {t('research.stageSince', {
                      stage: word('choices', `initiatives.stage.${stage}`),
                      day: when.at(at),
                      by: names.personName(by),
                    })}
                  </Text>
                </li>
              ))}
            </ul>
          </Paper>
        </div>
      </div>
      {forms}
    </div>
  )
}
