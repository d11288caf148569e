import { Anchor, Button, Group, Text } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { http } from '../../api/http'
import type { OwnRegistration } from '../../api/schema'
import { useResource } from '../../api/useResource'
import { ProblemNotice } from '../../commands/ProblemNotice'
import { useCommand } from '../../commands/useCommand'
import { useReader } from '../../i18n'

/** The sentences for people who cannot register now. */
const without = { closed: 'registration.byOrganiser', over: 'registration.overNow', full: 'registration.fullNow' } as const

/** Whether the reader attends a conference, and whether the reader may register for it or take the registration back. */
export const useRegistration = (conference: string) => useResource<OwnRegistration>(`/api/conferences/${conference}/registration/mine`)

/**
 * Lets the reader register for a conference, which opens its lecture rooms and the places in its sessions. Shows nothing to people who
 * attend anyway, such as coordinators.
 * @param done Called when the reader has registered.
 */
export function Registration({ conference, done }: { conference: string; done?: () => void }) {
  const { t } = useReader()
  const { data, mutate } = useRegistration(conference)
  const url = `/api/conferences/${conference}/registration/mine`
  const command = useCommand(
    (join: boolean) => (join ? http.put(url) : http.delete(url)),
    async () => {
      const now = await mutate()
      if (now?.registered) done?.()
    },
  )
  if (!data || (data.registered && !data.own)) return null
  return (
    <div data-registration={data.registered ? 'registered' : data.state}>
      {data.registered ? (
        <Group gap="xs" role="status">
          <IconCheck size={18} aria-hidden />
          <Text size="sm">{t('registration.registered')}</Text>
          <Anchor component="button" type="button" size="sm" underline="always" onClick={() => void command.run(false)}>
            {t('registration.leave')}
          </Anchor>
        </Group>
      ) : data.state === 'open' ? (
        <Group gap="xs">
          <Button size="sm" loading={command.busy} onClick={() => void command.run(true)}>
            {t('registration.join')}
          </Button>
          <Text size="sm" c="dimmed">
            {t('registration.why')}
          </Text>
        </Group>
      ) : (
        <Text size="sm" c="dimmed">
          {t(without[data.state])}
        </Text>
      )}
      <ProblemNotice problem={command.problem} />
    </div>
  )
}
