import { useState } from 'react'
import { http } from '../api/http'
import { ChangedMeanwhile } from '../commands/ChangedMeanwhile'
import { useSeen } from '../commands/useSeen'
import { useReader } from '../i18n'
import { AccountFields, accountFields, detailsOf, draftOf } from './AccountFields'
import { FormDialog } from './CommandForm'
import { useForm } from './useForm'
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
  const command = useForm(
    (input: ReturnType<typeof detailsOf> & { expectedVersion: number }, commandId) =>
      http.put<Account>(`/api/people/${encodeURIComponent(account.person)}`, { commandId, ...input }),
    done,
    accountFields,
    reread,
  )
  const fact = (name: string, of: (account: Account) => string | null | undefined) => ({
    name,
    before: of(seen) ?? '',
    now: of(account) ?? '',
  })
  return (
    <FormDialog
      title={t('accounts.edit')}
      size="lg"
      command={command}
      send={() => void command.run({ ...detailsOf(draft), expectedVersion: seen.version })}
      act={t('shell.save')}
      close={close}
      changed={
        changed && (
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
        )
      }
      data-edit
    >
      <AccountFields draft={draft} onChange={setDraft} fault={command.at} />
    </FormDialog>
  )
}
