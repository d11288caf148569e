import { Badge, Center, Container, Group, Loader, Text, Title } from '@mantine/core'
import { useParams } from 'wouter'
import { useResource } from '../api/useResource'
import { useReader } from '../i18n'
import { LanguageMenu, ThemeMenu } from '../preferences/Preferences'
import { useTitle } from '../shell/title'
import { clock, datedDay } from '../time/format'
import { useNow } from '../time/useNow'
import { useDates } from './useDates'
import type { PublicProgrammeEntry } from './wire'

/** A programme that everybody may read without signing in. */
export default function PublicProgrammePage() {
  const { id } = useParams<{ id: string }>()
  const { t, word, nameOf, locale } = useReader()
  const { period } = useDates()
  const now = useNow(60_000)
  const { data, error } = useResource<PublicProgrammeEntry>(`/api/public/programmes/${encodeURIComponent(id)}`)
  useTitle(data && nameOf(data.name))
  if (error)
    return (
      <Center h="100dvh" p="lg" role="alert">
        {error.status === 0 ? t('shell.unreachable') : t('programmes.notPublic')}
      </Center>
    )
  if (!data)
    return (
      <Center h="100dvh">
        <Loader aria-label={t('shell.loading')} />
      </Center>
    )
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
  return (
    <Container size="sm" py="md" component="main">
      <Group justify="flex-end" gap="xs">
        <LanguageMenu />
        <ThemeMenu />
      </Group>
      <Title order={1} size="h2" dir="auto" mb="xs">
        {nameOf(data.name)}
      </Title>
      <Badge variant="default" tt="none" mb="sm">
        {word('programmeKinds', data.kind)}
      </Badge>
      <Text mb="md" dir="auto">
        {nameOf(data.summary)}
      </Text>
      {data.contact && (
        <Text mb="md">
          {t('columns.contact')}: <bdi>{data.contact}</bdi>
        </Text>
      )}
      <Title order={2} size="h4" mb="xs">
        {t('programmes.cohorts')}
      </Title>
      {data.cohorts.length === 0 && <Text>{t('programmes.noCohort')}</Text>}
      <ul>
        {data.cohorts.map((cohort) => (
          <li key={`${cohort.from}/${cohort.name.en}`}>
            <bdi>{nameOf(cohort.name)}</bdi>
            {` · ${period(cohort.from, cohort.to)} · `}
            {t('programmes.placesOf', { count: cohort.places })}
            {' · '}
            {now < Date.parse(cohort.applyBy)
              ? t('programmes.applyBy', { when: `${datedDay(cohort.applyBy, zone, locale)}, ${clock(cohort.applyBy, zone, locale)}` })
              : t('programmes.closed')}
          </li>
        ))}
      </ul>
      {data.requirements.length > 0 && (
        <>
          <Title order={2} size="h4" mb="xs">
            {t('programmes.papers')}
          </Title>
          <ul>
            {data.requirements.map((requirement) => (
              <li key={requirement.en} dir="auto">
                {nameOf(requirement)}
              </li>
            ))}
          </ul>
        </>
      )}
      <Text size="sm" mt="md">
        {t('programmes.toApply')}
      </Text>
    </Container>
  )
}
