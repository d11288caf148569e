import { ActionIcon, Button, Group, Select, Stack, Text } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useState } from 'react'
import type { Consultant, DirectoryEntry, LectureRole } from '../../api/schema'
import { useResource } from '../../api/useResource'
import { ProblemNotice } from '../../commands/ProblemNotice'
import { useReader } from '../../i18n'
import { useViewer } from '../../viewer/useViewer'
import type { Lecture } from '../lecture'
import classes from '../Room.module.css'
import { useLectureCommand } from '../useLecture'

const given: readonly LectureRole[] = ['speaker', 'moderator', 'captioner', 'host']

/** The people who were given a role in this lecture, besides the programme's speakers and the network's coordinators. */
export function CrewDesk({ lecture }: { lecture: Lecture }) {
  const { t, word, nameOf } = useReader()
  const { network } = useViewer()
  const command = useLectureCommand(lecture.session)
  const people = useResource<DirectoryEntry[]>(`/api/networks/${network}/people`).data ?? []
  const consultants = useResource<Consultant[]>(`/api/consultants?network=${network}`).data ?? []
  const [person, setPerson] = useState<string | null>(null)
  const [role, setRole] = useState<LectureRole>('captioner')
  const known = [...new Map([...people, ...consultants].map((p) => [p.id, nameOf(p.name)]))]
    .map(([value, label]) => ({ value, label }))
    .sort((a, b) => a.label.localeCompare(b.label))
  const add = async () => {
    if (person && (await command.run({ type: 'setCrew', person, role }))) setPerson(null)
  }
  return (
    <Stack gap="sm">
      {lecture.crew.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('lecture.noCrew')}
        </Text>
      )}
      <ul className={classes.list}>
        {lecture.crew.map((c) => (
          <li key={c.person + c.role} className={classes.item} data-crew={c.person}>
            <div className={classes.words}>
              <Text>
                <bdi>{nameOf(c.name)}</bdi> · {word('lectureRoles', c.role)}
              </Text>
            </div>
            <ActionIcon
              variant="default"
              aria-label={t('lecture.removeCrew', { who: nameOf(c.name), role: word('lectureRoles', c.role) })}
              onClick={() => void command.run({ type: 'setCrew', person: c.person, role: c.role, given: false })}
            >
              <IconX size={16} />
            </ActionIcon>
          </li>
        ))}
      </ul>
      <form onSubmit={(event) => (event.preventDefault(), void add())}>
        <Group align="end" gap="xs">
          <Select flex="1 1 12rem" size="xs" label={t('lecture.person')} searchable data={known} value={person} onChange={setPerson} />
          <Select
            w={140}
            size="xs"
            label={t('lecture.role')}
            data={given.map((value) => ({ value, label: word('lectureRoles', value) }))}
            value={role}
            onChange={(value) => value && setRole(value as LectureRole)}
            allowDeselect={false}
          />
          <Button type="submit" size="xs" loading={command.busy} disabled={!person}>
            {t('lecture.addCrew')}
          </Button>
        </Group>
      </form>
      <ProblemNotice problem={command.problem} />
    </Stack>
  )
}
