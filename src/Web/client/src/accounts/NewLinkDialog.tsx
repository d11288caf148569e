import { Button, Checkbox, Group, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { http } from '../api/http'
import { useReader } from '../i18n'
import { useMail } from '../viewer/useMail'
import { FormDialog } from './CommandForm'
import { LinkPanel } from './LinkPanel'
import { ResetFactors } from './ResetFactors'
import { useForm } from './useForm'
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
  const byMail = !!mail && !!account.email && chosen
  const command = useForm(
    (more: { resetsFactors: boolean; byMail: boolean }) =>
      http.post<InvitationLink>('/api/invitations', { person: account.person, ...more }),
    (made) => (setLink(made), done()),
  )
  return (
    <FormDialog
      title={t('accounts.newLinkFor', { name: nameOf(account.name) })}
      command={command}
      send={() => void command.run({ resetsFactors, byMail })}
      act={t(byMail ? 'mail.send' : 'accounts.makeLink')}
      close={close}
      outcome={
        link && (
          <Stack gap="sm">
            <LinkPanel account={account} link={link} />
            <Group justify="flex-end">
              <Button onClick={close}>{t('shell.close')}</Button>
            </Group>
          </Stack>
        )
      }
    >
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
      <ResetFactors checked={resetsFactors} onChange={setResetsFactors} />
    </FormDialog>
  )
}
