import { useState } from 'react'
import { http } from '../api/http'
import { ReasonField } from '../commands/ReasonField'
import { useReader } from '../i18n'
import { FormDialog } from './CommandForm'
import { blankRole, newRoleOf, type RoleDraft } from './roleDraft'
import { RoleFields } from './RoleFields'
import { useForm } from './useForm'
import type { Account, NewRole } from './wire'

interface Props {
  readonly account: Account
  readonly close: () => void
  readonly done: (account: Account) => void
}

/** Gives a person another role. */
export function GiveRoleDialog({ account, close, done }: Props) {
  const { t, nameOf } = useReader()
  const [draft, setDraft] = useState<RoleDraft>(blankRole)
  const [reason, setReason] = useState('')
  const command = useForm(
    (input: NewRole & { reason: string }, commandId) => http.post<Account>('/api/roles', { commandId, person: account.person, ...input }),
    done,
    ['role', 'scope', 'until'],
  )
  const role = newRoleOf(draft)
  return (
    <FormDialog
      title={t('accounts.giveRoleTo', { name: nameOf(account.name) })}
      size="lg"
      command={command}
      send={() => void (role && command.run({ ...role, reason: reason.trim() }))}
      act={t('accounts.giveRole')}
      disabled={!role}
      close={close}
      data-give
    >
      <RoleFields draft={draft} onChange={setDraft} fault={command.at} focused />
      <ReasonField value={reason} onChange={setReason} />
    </FormDialog>
  )
}
