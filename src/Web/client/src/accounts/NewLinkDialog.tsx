import { Button, Checkbox, Group, Modal, Stack, Text } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { http } from '../api/http'
import { ProblemNotice } from '../commands/ProblemNotice'
import { useCommand } from '../commands/useCommand'
import { useFactorAgain } from '../commands/useFactorAgain'
import { useReader } from '../i18n'
import { LinkPanel } from './LinkPanel'
import type { Account, InvitationLink } from './wire'

/** Makes a link with which a person chooses a new password, and can also lose the second factor. */
export function NewLinkDialog({ account, close }: { account: Account; close: () => void }) {
  const { t, nameOf } = useReader()
  const [resetsFactors, setResetsFactors] = useState(false)
  const [link, setLink] = useState<InvitationLink>()
  const { withFactor, asking, factorDialog } = useFactorAgain()
  const command = useCommand(
    (resetsFactors: boolean) => withFactor(() => http.post<InvitationLink>('/api/invitations', { person: account.person, resetsFactors })),
    (made) => setLink(made),
  )
  return (
    <Modal
      opened
      onClose={close}
      closeOnClickOutside={false}
      closeOnEscape={!asking}
      title={t('accounts.newLinkFor', { name: nameOf(account.name) })}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      {link ? (
        <Stack gap="sm">
          <LinkPanel account={account} link={link} />
          <Group justify="flex-end">
            <Button onClick={close}>{t('shell.close')}</Button>
          </Group>
        </Stack>
      ) : (
        <form onSubmit={(event: FormEvent) => (event.preventDefault(), void command.run(resetsFactors))}>
          <Stack gap="sm">
            <Text size="sm">{t('accounts.newLinkWhat')}</Text>
            <Checkbox
              label={t('accounts.resetFactor')}
              description={t('accounts.resetFactorHint')}
              checked={resetsFactors}
              onChange={(e) => setResetsFactors(e.currentTarget.checked)}
            />
            <ProblemNotice problem={command.problem} />
            <Group justify="flex-end">
              <Button variant="default" onClick={close}>
                {t('shell.cancel')}
              </Button>
              <Button type="submit" loading={command.busy}>
                {t('accounts.makeLink')}
              </Button>
            </Group>
          </Stack>
        </form>
      )}
      {factorDialog}
    </Modal>
  )
}
