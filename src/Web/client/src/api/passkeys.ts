import { http, Problem } from './http'

/**
 * Whether this page can use passkeys. Browsers have them only on secure pages, and not at an IP address, because a passkey belongs to a
 * domain.
 */
export const canUsePasskeys = () =>
  typeof PublicKeyCredential !== 'undefined' &&
  'parseCreationOptionsFromJSON' in PublicKeyCredential &&
  'parseRequestOptionsFromJSON' in PublicKeyCredential &&
  !/^[\d.]+$|:/.test(location.hostname)

/** The code for each error with which a browser gives no passkey. The codes have sentences, as the codes of the hub have. */
const codes: Readonly<Record<string, string>> = {
  // The person cancelled, took too long, or has no passkey here. Browsers do not tell pages which of these it was.
  AbortError: 'passkey.cancelled',
  NotAllowedError: 'passkey.cancelled',
  // This error comes only when a passkey is made.
  ConstraintError: 'passkey.no-device',
  InvalidStateError: 'passkey.exists',
  NotSupportedError: 'passkey.no-device',
  SecurityError: 'passkey.wrong-site',
}

async function ask(begin: () => Promise<Credential | null>): Promise<unknown> {
  try {
    const credential = await begin()
    if (!(credential instanceof PublicKeyCredential)) throw new DOMException('No passkey was given.', 'NotAllowedError')
    return credential.toJSON()
  } catch (error) {
    if (!(error instanceof DOMException)) throw error
    throw new Problem(400, codes[error.name] ?? 'passkey.failed', error.message)
  }
}

/**
 * Asks the person for a passkey, and sends it to the hub.
 * @param address The hub takes the passkey at this address, and gives the options at `/options` below it.
 */
export async function sendPasskey(address: '/api/session/passkey' | '/api/session/factor/passkey') {
  const options = await http.post<PublicKeyCredentialRequestOptionsJSON>(`${address}/options`)
  const credential = await ask(() => navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) }))
  await http.post(address, { credential })
}

/**
 * Lets the person make a passkey on a device, and sends it to the hub.
 * @param password The hub asks for it if the person has no second factor yet.
 */
export async function addPasskey<T>(name: string, password: string | undefined): Promise<T> {
  const options = await http.post<PublicKeyCredentialCreationOptionsJSON>('/api/me/passkeys/options', { password })
  const credential = await ask(() => navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) }))
  return http.post<T>('/api/me/passkeys', { credential, name })
}
