import { Anchor, Button, Checkbox, Group, Modal, Select, Stack, Text, Title } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { Link } from 'wouter'
import { http } from '../api/http'
import type { Consultant } from '../api/schema'
import { useResource } from '../api/useResource'
import { ProblemNotice } from '../commands/ProblemNotice'
import { useCommand } from '../commands/useCommand'
import { useFactorAgain } from '../commands/useFactorAgain'
import { useReader } from '../i18n'
import { useMail } from '../viewer/useMail'
import { type AccountDraft, AccountFields, accountFields, blankAccount, detailsOf, draftOf } from './AccountFields'
import { useFaults } from './faults'
import { LinkPanel } from './LinkPanel'
import { blankRole, newRoleOf, type RoleDraft } from './roleDraft'
import { RoleFields } from './RoleFields'
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
  const { withFactor, asking, factorDialog } = useFactorAgain()
  const isConsultant = role.role === 'consultant' && role.network
  const consultants = useResource<Consultant[]>(isConsultant ? `/api/consultants?network=${role.network}` : null)
  const [invited, setInvited] = useState<Invited>()
  const command = useCommand(
    (input: ReturnType<typeof detailsOf> & { person?: string; roles: NewRole[]; byMail: boolean }, commandId) =>
      withFactor(() => http.post<Invited>('/api/people', { commandId, ...input })),
    (answer) => (setInvited(answer), done()),
  )
  const { at, rest } = useFaults(command.problem, [...accountFields, 'role', 'scope', 'until'])
  const first = newRoleOf(role)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (first) void command.run({ ...detailsOf(draft), ...(isConsultant && person && { person }), roles: [first], byMail })
  }
  /** Takes over the name of a consultant whom the network already knows, unless another name was typed. */
  const choose = (id: string | null) => {
    setPerson(id)
    const known = consultants.data?.find((consultant) => consultant.id === id)
    if (known && !draft.en.trim()) setDraft({ ...draftOf({ ...detailsOf(draft), name: known.name }) })
  }
  return (
    <Modal
      opened
      onClose={close}
      size="lg"
      closeOnClickOutside={false}
      closeOnEscape={!asking}
      title={t('accounts.invite')}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      {invited ? (
        <Stack gap="sm">
          <LinkPanel account={invited.account} link={invited} />
          <Group justify="space-between">
            <Anchor component={Link} href={`/accounts/${encodeURIComponent(invited.account.person)}`} underline="always">
              {t('accounts.showPerson')}
            </Anchor>
            <Button onClick={close}>{t('shell.close')}</Button>
          </Group>
        </Stack>
      ) : (
        <form onSubmit={submit} data-invite>
          <Stack gap="sm">
            <Text size="sm">{t(mail ? 'mail.inviteText' : 'accounts.inviteText')}</Text>
            <AccountFields draft={draft} onChange={setDraft} fault={at} />
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
            <RoleFields draft={role} onChange={setRole} fault={at} />
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
            <ProblemNotice problem={rest} waiting={command.waiting} />
            <Group justify="flex-end">
              <Button variant="default" onClick={close}>
                {t('shell.cancel')}
              </Button>
              <Button type="submit" loading={command.busy} disabled={!first}>
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
