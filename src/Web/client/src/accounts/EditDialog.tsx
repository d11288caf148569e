import { Button, Group, Modal, Stack } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { http } from '../api/http'
import { ChangedMeanwhile } from '../commands/ChangedMeanwhile'
import { ProblemNotice } from '../commands/ProblemNotice'
import { useCommand } from '../commands/useCommand'
import { useFactorAgain } from '../commands/useFactorAgain'
import { useSeen } from '../commands/useSeen'
import { useReader } from '../i18n'
import { AccountFields, accountFields, detailsOf, draftOf } from './AccountFields'
import { useFaults } from './faults'
import type { Account } from './wire'

interface Props {
  readonly account: Account
  /** Reads the account again, when somebody else has changed it. */
  readonly reread: () => void
  readonly close: () => void
  readonly done: (account: Account) => void
}

/** Changes a person's name, user name and e-mail address. */
export function EditDialog({ account, reread, close, done }: Props) {
  const { t } = useReader()
  const { seen, changed, renew } = useSeen(account)
  const [draft, setDraft] = useState(() => draftOf(account))
  const { withFactor, asking, factorDialog } = useFactorAgain()
  const command = useCommand(async (input: ReturnType<typeof detailsOf> & { expectedVersion: number }, commandId) => {
    try {
      const at = `/api/people/${encodeURIComponent(account.person)}`
      return await withFactor(() => http.put<Account>(at, { commandId, ...input }))
    } catch (error) {
      reread()
      throw error
    }
  }, done)
  const { at, rest } = useFaults(command.problem, accountFields)
  const submit = (event: FormEvent) => (event.preventDefault(), void command.run({ ...detailsOf(draft), expectedVersion: seen.version }))
  const fact = (name: string, of: (account: Account) => string | null | undefined) => ({
    name,
    before: of(seen) ?? '',
    now: of(account) ?? '',
  })
  return (
    <Modal
      opened
      onClose={close}
      size="lg"
      closeOnClickOutside={false}
      closeOnEscape={!asking}
      title={t('accounts.edit')}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      <form onSubmit={submit} data-edit>
        <Stack gap="sm">
          {changed && (
            <ChangedMeanwhile
              facts={[
                fact(t('accounts.nameEn'), (a) => a.name.en),
                fact(t('accounts.nameAr'), (a) => a.name.ar),
                fact(t('accounts.nameKo'), (a) => a.name.ko),
                fact(t('shell.userName'), (a) => a.userName),
                fact(t('accounts.email'), (a) => a.email),
              ]}
              renew={() => (renew(), setDraft(draftOf(account)), command.clear())}
            />
          )}
          <AccountFields draft={draft} onChange={setDraft} fault={at} />
          {!changed && <ProblemNotice problem={rest} waiting={command.waiting} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {t('shell.cancel')}
            </Button>
            <Button type="submit" loading={command.busy} disabled={changed}>
              {t('shell.save')}
            </Button>
          </Group>
        </Stack>
      </form>
      {factorDialog}
    </Modal>
  )
}
