// The names of this feature's wire types in the description of the interface. Other files of the folder import them from here.
import type { RoleView, Session } from '../api/schema'

export type {
  AccessChange,
  Account,
  Grant,
  GrantScope,
  NewLink as InvitationLink,
  LinkView as InvitationView,
  Invited,
  MailStatus,
  MailView,
  ManyLinks,
  MyAccount,
  NewRole,
  PeoplePage,
  PersonLink,
  NewCodes as RecoveryCodesView,
  RightView,
  RoleView,
  SignInView,
  TotpKey as TotpSetup,
} from '../api/schema'

/** What a role is limited to. */
export type ScopeKind = RoleView['scopes'][number]
export type Factor = Session['factor']
