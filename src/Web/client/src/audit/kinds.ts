/** The kinds of rows of the trace. */
export const kinds = [
  'signed-in',
  'sign-in-refused',
  'signed-out',
  'sign-in-ended',
  'secrets-changed',
  'refused',
  'read-private',
  'account-changed',
  'role-changed',
  'dropped',
] as const
