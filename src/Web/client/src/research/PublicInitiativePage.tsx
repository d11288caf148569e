import { Anchor, Badge, Center, Container, Group, Loader, Text, Title } from '@mantine/core'
import { useParams } from 'wouter'
import { useResource } from '../api/useResource'
import { useReader } from '../i18n'
import { LanguageMenu, ThemeMenu } from '../preferences/Preferences'
import { useTitle } from '../shell/title'
import { doiAddress } from './doi'
import { StageBadge } from './StageBadge'
import { useWhen } from './useWhen'
import type { PublicInitiativeEntry } from './wire'

/** An initiative about which everybody may read without signing in. */
export default function PublicInitiativePage() {
  const { id } = useParams<{ id: string }>()
  const { t, word, nameOf } = useReader()
  const when = useWhen('UTC', undefined)
  const { data, error } = useResource<PublicInitiativeEntry>(`/api/public/initiatives/${encodeURIComponent(id)}`)
  useTitle(data && nameOf(data.title))
  if (error)
    return (
      <Center h="100dvh" p="lg" role="alert">
        {error.status === 0 ? t('shell.unreachable') : t('research.notPublic')}
      </Center>
    )
  if (!data)
    return (
      <Center h="100dvh">
        <Loader aria-label={t('shell.loading')} />
      </Center>
    )
  return (
    <Container size="sm" py="md" component="main">
      <Group justify="flex-end" gap="xs">
        <LanguageMenu />
        <ThemeMenu />
      </Group>
      <Title order={1} size="h2" dir="auto" mb="xs">
        {nameOf(data.title)}
      </Title>
      <Group gap="xs" mb="sm">
        <Badge variant="default" tt="none" size="lg">
          {word('choices', `initiatives.kind.${data.kind}`)}
        </Badge>
        <StageBadge stage={data.stage} />
      </Group>
      {data.aims && (
        <Text mb="md" dir="auto">
          {nameOf(data.aims)}
        </Text>
      )}
      {data.publications.length > 0 && (
        <>
          <Title order={2} size="h4" mb="xs">
            {t('research.publications')}
          </Title>
          <ul>
            {data.publications.map(({ title, doi, date }, n) => (
              <li key={n}>
                <bdi>{title}</bdi>
                {` · ${when.day(date)} · `}
                <Anchor href={doiAddress(doi)} target="_blank" rel="noreferrer">
                  <bdi>{doi}</bdi>
                </Anchor>
              </li>
            ))}
          </ul>
        </>
      )}
    </Container>
  )
}
