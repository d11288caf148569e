import { Button, Checkbox, Group, Modal, Stack, Text } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { http } from '../api/http'
import { ProblemNotice } from '../commands/ProblemNotice'
import { useCommand } from '../commands/useCommand'
import { useFactorAgain } from '../commands/useFactorAgain'
import { useReader } from '../i18n'
import { useMail } from '../viewer/useMail'
import { LinkPanel } from './LinkPanel'
import type { Account, InvitationLink } from './wire'

interface Props {
  readonly account: Account
  readonly close: () => void
  readonly done: () => void
}

/** Makes a link with which a person chooses a new password. It can also reset the second factor. The hub sends the link or shows it. */
export function NewLinkDialog({ account, close, done }: Props) {
  const { t, nameOf } = useReader()
  const mail = useMail()
  const [resetsFactors, setResetsFactors] = useState(false)
  const [chosen, setByMail] = useState(true)
  const [link, setLink] = useState<InvitationLink>()
  const { withFactor, asking, factorDialog } = useFactorAgain()
  const byMail = !!mail && !!account.email && chosen
  const command = useCommand(
    (more: { resetsFactors: boolean; byMail: boolean }) =>
      withFactor(() => http.post<InvitationLink>('/api/invitations', { person: account.person, ...more })),
    (made) => (setLink(made), done()),
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
        <form onSubmit={(event: FormEvent) => (event.preventDefault(), void command.run({ resetsFactors, byMail }))}>
          <Stack gap="sm">
            <Text size="sm">{t('accounts.newLinkWhat')}</Text>
            {mail && (
              <Checkbox
                label={t('mail.sendByMail')}
                description={account.email ? t('mail.sendTo', { address: account.email }) : t('mail.personHasNone')}
                disabled={!account.email}
                checked={byMail}
                onChange={(e) => setByMail(e.currentTarget.checked)}
              />
            )}
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
                {t(byMail ? 'mail.send' : 'accounts.makeLink')}
              </Button>
            </Group>
          </Stack>
        </form>
      )}
      {factorDialog}
    </Modal>
  )
}
