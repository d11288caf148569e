import { Anchor, Button, Center, Container, Group, Loader, Tabs, Text, Title } from '@mantine/core'
import { IconTableExport } from '@tabler/icons-react'
import { Link, useParams } from 'wouter'
import type { PersonCredits } from '../api/schema'
import { useResource } from '../api/useResource'
import { IssuedList } from '../certificates/IssuedList'
import { ProblemNotice } from '../commands/ProblemNotice'
import { useReader } from '../i18n'
import { useViewer } from '../viewer/useViewer'
import { PeopleTable } from './PeopleTable'
import { PolicyEditor } from './PolicyEditor'

/** A coordinator's view of a conference's attendance: people, certificates, and the rules by which credit is counted. */
export default function AttendancePage() {
  const { t, language } = useReader()
  const { network } = useViewer()
  const { id } = useParams<{ id: string }>()
  const { data, error, mutate } = useResource<PersonCredits[]>(`/api/conferences/${id}/attendance`)
  if (error?.status === 404)
    return (
      <Center h="60%" role="alert">
        {t('conference.unknown')}
      </Center>
    )
  if (error?.status === 403)
    return (
      <Center h="60%" role="alert">
        {t('shell.denied')}
      </Center>
    )
  return (
    <Container size="lg" py="md">
      <Anchor component={Link} href={`/conferences/${id}`} size="sm" underline="always">
        {t('attendance.back')}
      </Anchor>
      <Group justify="space-between" mb="md">
        <Title order={1} size="h2">
          {t('attendance.all')}
        </Title>
        <Button
          component="a"
          href={`/api/conferences/${id}/attendance/export?language=${language}`}
          download
          variant="default"
          leftSection={<IconTableExport size={18} aria-hidden />}
        >
          {t('attendance.export')}
        </Button>
      </Group>
      <ProblemNotice problem={error} />
      <Tabs defaultValue="people" keepMounted={false}>
        <Tabs.List>
          <Tabs.Tab value="people">{t('attendance.list')}</Tabs.Tab>
          <Tabs.Tab value="certificates">{t('attendance.certificates')}</Tabs.Tab>
          <Tabs.Tab value="rules">{t('attendance.rules')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="people" pt="md">
          {data ? (
            data.length === 0 ? (
              <Text role="status">{t('attendance.nobody')}</Text>
            ) : (
              <PeopleTable people={data} />
            )
          ) : (
            !error && (
              <Center h={120}>
                <Loader aria-label={t('shell.loading')} />
              </Center>
            )
          )}
        </Tabs.Panel>
        <Tabs.Panel value="certificates" pt="md">
          <IssuedList conference={id} />
        </Tabs.Panel>
        <Tabs.Panel value="rules" pt="md" keepMounted>
          <PolicyEditor network={network} saved={() => void mutate()} />
        </Tabs.Panel>
      </Tabs>
    </Container>
  )
}
