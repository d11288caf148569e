import { Anchor, Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { Link } from 'wouter'
import { useReader } from '../i18n'
import type { useNetwork } from '../networks/useNetwork'
import { useDates } from './useDates'
import { logbookAddress, type Department, type NamedRotation, type RotationsView } from './wire'

interface Props {
  readonly programme: string
  readonly departments: readonly Department[]
  readonly rotations: readonly NamedRotation[]
  readonly view: RotationsView | undefined
  readonly names: ReturnType<typeof useNetwork>
  readonly show: (rotation: string) => void
}

/** The rotations of each person, with the supervisor and what somebody should look at. */
export function RotationList({ programme, departments, rotations, view, names, show }: Props) {
  const { t, word, nameOf, locale } = useReader()
  const { period } = useDates()
  const people = new Map<string, NamedRotation[]>()
  for (const one of rotations) people.set(one.rotation.person, [...(people.get(one.rotation.person) ?? []), one])
  const list = new Intl.ListFormat(locale, { type: 'unit', style: 'short' })
  const departmentName = (id: string) => nameOf(departments.find((department) => department.id === id)?.name) || id
  return (
    <section aria-labelledby="people">
      <Title order={2} size="h4" mt="lg" mb="xs" id="people">
        {t('rotations.people')}
      </Title>
      {people.size === 0 && <Text>{t('rotations.none')}</Text>}
      <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }}>
        {[...people].map(([person, of]) => (
          <Paper key={person} withBorder p="sm" radius="md" data-person={person}>
            <Stack gap={6}>
              <Text fw={600} dir="auto">
                {nameOf(of[0]!.name)}
              </Text>
              <Anchor component={Link} href={logbookAddress(programme, of[0]!.rotation.cohort, person)} size="sm">
                {t('logbook.open')}
              </Anchor>
              {of.map(({ rotation }) => (
                <div key={rotation.id}>
                  <Anchor component="button" type="button" ta="start" size="sm" onClick={() => show(rotation.id)}>
                    <bdi>{departmentName(rotation.department)}</bdi>
                  </Anchor>
                  <Text size="sm" c="dimmed">
                    {period(rotation.from, rotation.to)}
                    {' · '}
                    {t('rotations.supervisedBy', { name: names.personName(rotation.supervisor) })}
                  </Text>
                  {view?.attention
                    .filter((reason) => reason.rotation === rotation.id)
                    .map((reason) => (
                      <Text key={reason.reason} size="sm" c="var(--hub-warning)" data-reason={reason.reason}>
                        <IconAlertTriangle size={14} aria-hidden style={{ verticalAlign: '-2px' }} />{' '}
                        {[word('rotationAttentions', reason.reason), list.format(reason.papers.map(nameOf))].filter(Boolean).join(': ')}
                      </Text>
                    ))}
                </div>
              ))}
            </Stack>
          </Paper>
        ))}
      </SimpleGrid>
    </section>
  )
}
