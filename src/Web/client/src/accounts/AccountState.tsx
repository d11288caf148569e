import { IconCircleCheck, IconCircleDashed, IconCircleOff } from '@tabler/icons-react'
import { useReader } from '../i18n'
import { useNow } from '../time/useNow'
import classes from './Accounts.module.css'
import { stateOf } from './grants'
import type { Account } from './wire'

/** Whether the person may sign in and has a role. */
export function AccountState({ account }: { account: Account }) {
  const { t } = useReader()
  const now = useNow()
  const state = account.deactivated ? 'off' : account.grants.some((grant) => stateOf(grant, now) === 'valid') ? 'on' : 'bare'
  const Icon = { off: IconCircleOff, on: IconCircleCheck, bare: IconCircleDashed }[state]
  return (
    <span className={classes.state} data-state={state}>
      <Icon size={16} aria-hidden />
      {t(state === 'off' ? 'accounts.deactivated' : state === 'on' ? 'accounts.active' : 'accounts.withoutRole')}
    </span>
  )
}
