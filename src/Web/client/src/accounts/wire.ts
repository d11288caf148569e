// The names of this feature's wire types in the description of the interface. Other files of the folder import them from here.
import type { RoleView, Session } from '../api/schema'

export type {
  AccessChange,
  Account,
  DeviceLink,
  DeviceView,
  Grant,
  GrantScope,
  GuestLink,
  GuestView,
  IdentityView as Identity,
  NewLink as InvitationLink,
  LinkView as InvitationView,
  Invited,
  MadeToken,
  MailStatus,
  MailView,
  ManyLinks,
  MyAccount,
  NewPeriod,
  NewRole,
  NewToken,
  PeoplePage,
  PersonLink,
  NewCodes as RecoveryCodesView,
  PasskeyView,
  RightView,
  RoleView,
  SignInView,
  TokenView,
  TotpKey as TotpSetup,
} from '../api/schema'

/** What a role is limited to. */
export type ScopeKind = RoleView['scopes'][number]
export type Factor = Session['factor']
