import { Anchor, Button, Checkbox, Group, Select, Stack, Text, Title } from '@mantine/core'
import { useState } from 'react'
import { Link } from 'wouter'
import { http } from '../api/http'
import type { Consultant } from '../api/schema'
import { useResource } from '../api/useResource'
import { useReader } from '../i18n'
import { useMail } from '../viewer/useMail'
import { type AccountDraft, AccountFields, accountFields, blankAccount, detailsOf, draftOf } from './AccountFields'
import { FormDialog } from './CommandForm'
import { LinkPanel } from './LinkPanel'
import { blankRole, newRoleOf, type RoleDraft } from './roleDraft'
import { RoleFields } from './RoleFields'
import { useForm } from './useForm'
import type { Invited, NewRole } from './wire'

/** Opens an account with a first role. The hub sends the link with which the person chooses a password, or shows it. */
export function InviteDialog({ close, done }: { close: () => void; done: () => void }) {
  const { t, nameOf } = useReader()
  const [draft, setDraft] = useState<AccountDraft>(blankAccount)
  const [role, setRole] = useState<RoleDraft>(blankRole)
  const [person, setPerson] = useState<string | null>(null)
  const mail = useMail()
  const [chosen, setByMail] = useState(true)
  const byMail = !!mail && chosen && draft.email.trim() !== ''
  const isConsultant = role.role === 'consultant' && role.network
  const consultants = useResource<Consultant[]>(isConsultant ? `/api/consultants?network=${role.network}` : null)
  const [invited, setInvited] = useState<Invited>()
  const command = useForm(
    (input: ReturnType<typeof detailsOf> & { person?: string; roles: NewRole[]; byMail: boolean }, commandId) =>
      http.post<Invited>('/api/people', { commandId, ...input }),
    (answer) => (setInvited(answer), done()),
    [...accountFields, 'role', 'scope', 'until'],
  )
  const first = newRoleOf(role)
  const send = () => void (first && command.run({ ...detailsOf(draft), ...(isConsultant && person && { person }), roles: [first], byMail }))
  /** Takes over the name of a consultant whom the network already knows, unless another name was typed. */
  const choose = (id: string | null) => {
    setPerson(id)
    const known = consultants.data?.find((consultant) => consultant.id === id)
    if (known && !draft.en.trim()) setDraft({ ...draftOf({ ...detailsOf(draft), name: known.name }) })
  }
  return (
    <FormDialog
      title={t('accounts.invite')}
      size="lg"
      command={command}
      send={send}
      act={t(byMail ? 'mail.send' : 'accounts.makeLink')}
      disabled={!first}
      close={close}
      outcome={
        invited && (
          <Stack gap="sm">
            <LinkPanel account={invited.account} link={invited} />
            <Group justify="space-between">
              <Anchor component={Link} href={`/accounts/${encodeURIComponent(invited.account.person)}`} underline="always">
                {t('accounts.showPerson')}
              </Anchor>
              <Button onClick={close}>{t('shell.close')}</Button>
            </Group>
          </Stack>
        )
      }
      data-invite
    >
      <Text size="sm">{t(mail ? 'mail.inviteText' : 'accounts.inviteText')}</Text>
      <AccountFields draft={draft} onChange={setDraft} fault={command.at} />
      {mail && (
        <Checkbox
          label={t('mail.sendByMail')}
          description={draft.email.trim() ? undefined : t('mail.noAddressYet')}
          disabled={!draft.email.trim()}
          checked={byMail}
          onChange={(e) => setByMail(e.currentTarget.checked)}
        />
      )}
      <Title order={3} size="h5">
        {t('accounts.firstRole')}
      </Title>
      <RoleFields draft={role} onChange={setRole} fault={command.at} />
      {isConsultant && (
        <Select
          label={t('accounts.whichConsultant')}
          description={t('accounts.whichConsultantHint')}
          searchable
          clearable
          clearButtonProps={{ 'aria-label': t('accounts.newConsultant') }}
          placeholder={t('accounts.newConsultant')}
          data={(consultants.data ?? []).map((c) => ({ value: c.id, label: nameOf(c.name) }))}
          value={person}
          onChange={choose}
        />
      )}
    </FormDialog>
  )
}
