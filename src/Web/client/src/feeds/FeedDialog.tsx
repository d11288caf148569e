import { Anchor, Button, Group, Loader, Modal, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { http } from '../api/http'
import type { FeedLink } from '../api/schema'
import { useResource } from '../api/useResource'
import { CopyField } from '../commands/CopyField'
import { ProblemNotice } from '../commands/ProblemNotice'
import { useCommand } from '../commands/useCommand'
import { useReader } from '../i18n'
import { useHubAddress } from '../viewer/useViewer'

/** The private link to a person's own calendar. Here the person gets, copies, renews or ends the link. */
export default function FeedDialog({ close }: { close: () => void }) {
  const { t, language } = useReader()
  const hub = useHubAddress()
  const { data, error, mutate } = useResource<FeedLink>('/api/feed')
  /** The action that the person is asked to confirm. After either action, calendars that follow the old link get no more changes. */
  const [asked, setAsked] = useState<'renew' | 'end' | null>(null)
  const address = data?.path ? `${hub}${data.path}?language=${language}` : null
  const command = useCommand<'renew' | 'end', FeedLink>(
    async (what) => (what === 'renew' ? await http.post<FeedLink>('/api/feed') : (await http.delete('/api/feed'), { exists: false })),
    (link) => mutate(link, { revalidate: false }),
  )
  const { busy } = command
  const send = (what: 'renew' | 'end') => void command.run(what).finally(() => setAsked(null))
  const choices = asked ? (
    <Stack gap="xs" role="group" aria-labelledby="feed-sure" data-sure>
      <Text size="sm" id="feed-sure">
        {t(asked === 'renew' ? 'feed.renewSure' : 'feed.endSure')}
      </Text>
      <Group justify="flex-end">
        <Button variant="default" autoFocus disabled={busy} onClick={() => setAsked(null)}>
          {t('feed.keep')}
        </Button>
        <Button loading={busy} onClick={() => send(asked)}>
          {t(asked === 'renew' ? 'feed.renew' : 'feed.end')}
        </Button>
      </Group>
    </Stack>
  ) : (
    <Group justify="flex-end">
      <Button variant="default" onClick={() => setAsked('end')}>
        {t('feed.end')}
      </Button>
      <Button variant={address ? 'default' : undefined} onClick={() => setAsked('renew')}>
        {t('feed.renew')}
      </Button>
    </Group>
  )
  return (
    <Modal opened onClose={close} title={t('feed.title')} closeButtonProps={{ 'aria-label': t('shell.close') }}>
      <Stack gap="sm">
        <Text size="sm">{t('feed.what')}</Text>
        {!data && !error && <Loader aria-label={t('shell.loading')} />}
        <ProblemNotice problem={command.problem ?? error} />
        {address ? (
          <>
            <CopyField label={t('feed.link')} description={t('feed.secret')} value={address} data-feed />
            <Anchor href={address.replace(/^https?:/, 'webcal:')} underline="always">
              {t('feed.open')}
            </Anchor>
            {choices}
          </>
        ) : data?.exists ? (
          <>
            <Text size="sm">{t('feed.toldOnce')}</Text>
            {choices}
          </>
        ) : (
          data && (
            <Group justify="flex-end">
              <Button loading={busy} onClick={() => send('renew')}>
                {t('feed.make')}
              </Button>
            </Group>
          )
        )}
      </Stack>
    </Modal>
  )
}
