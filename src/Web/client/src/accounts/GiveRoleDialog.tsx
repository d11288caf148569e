import { Button, Group, Modal, Stack } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { http } from '../api/http'
import { ProblemNotice } from '../commands/ProblemNotice'
import { ReasonField } from '../commands/ReasonField'
import { useCommand } from '../commands/useCommand'
import { useFactorAgain } from '../commands/useFactorAgain'
import { useReader } from '../i18n'
import { useFaults } from './faults'
import { blankRole, newRoleOf, type RoleDraft } from './roleDraft'
import { RoleFields } from './RoleFields'
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
  const { withFactor, asking, factorDialog } = useFactorAgain()
  const command = useCommand(
    (input: NewRole & { reason: string }, commandId) =>
      withFactor(() => http.post<Account>('/api/roles', { commandId, person: account.person, ...input })),
    done,
  )
  const { at, rest } = useFaults(command.problem, ['role', 'scope', 'until'])
  const role = newRoleOf(draft)
  const submit = (event: FormEvent) => (event.preventDefault(), void (role && command.run({ ...role, reason: reason.trim() })))
  return (
    <Modal
      opened
      onClose={close}
      closeOnClickOutside={false}
      closeOnEscape={!asking}
      title={t('accounts.giveRoleTo', { name: nameOf(account.name) })}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      <form onSubmit={submit} data-give>
        <Stack gap="sm">
          <RoleFields draft={draft} onChange={setDraft} fault={at} focused />
          <ReasonField value={reason} onChange={setReason} />
          <ProblemNotice problem={rest} waiting={command.waiting} />
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {t('shell.cancel')}
            </Button>
            <Button type="submit" loading={command.busy} disabled={!role}>
              {t('accounts.giveRole')}
            </Button>
          </Group>
        </Stack>
      </form>
      {factorDialog}
    </Modal>
  )
}
