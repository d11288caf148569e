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

const signIn = '/api/session/passkey'

/**
 * Asks the person for a passkey, and sends it to the hub.
 * @param address The hub takes the passkey at this address, and gives the options at `/options` below it.
 */
export async function sendPasskey(address: typeof signIn | '/api/session/factor/passkey') {
  // A browser waits for one passkey at a time, and the hub's newest challenge replaces the older one.
  offer?.stop.abort()
  await offer?.ended
  if (address === signIn) askedAt = Date.now()
  await takePasskey(address)
}

async function takePasskey(address: string, more?: { mediation: 'conditional'; signal: AbortSignal }) {
  const options = await http.post<PublicKeyCredentialRequestOptionsJSON>(`${address}/options`)
  const credential = await ask(async () => {
    more?.signal.throwIfAborted()
    return navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options), ...more })
  })
  await http.post(address, { credential })
}

/** The hub's challenge lasts five minutes, and the hub limits how often it gives one. In ms. */
const fresh = 4 * 60_000
/** When a challenge for signing in was last asked for. In ms. */
let askedAt = -Infinity
let offer: { readonly stop: AbortController; readonly ended: Promise<boolean> } | undefined

const pause = (ms: number) => new Promise((resume) => setTimeout(resume, ms))

/**
 * Offers the person's passkeys in the page's user-name field, and signs in with the passkey that the person chooses there. The person has
 * asked for nothing, so nothing is said if this fails. A hidden page asks the hub for nothing.
 * @param left Aborted when the person leaves the page.
 * @returns Whether the person has signed in.
 */
export async function offerPasskeys(left: AbortSignal): Promise<boolean> {
  if (!canUsePasskeys() || !(await PublicKeyCredential.isConditionalMediationAvailable?.())) return false
  for (; !left.aborted; await pause(1_000)) {
    if (document.hidden || Date.now() < askedAt + fresh) continue
    askedAt = Date.now()
    const stop = new AbortController()
    const abort = () => stop.abort()
    const timer = setTimeout(abort, fresh)
    left.addEventListener('abort', abort)
    const ended = takePasskey(signIn, { mediation: 'conditional', signal: stop.signal }).then(
      () => true,
      (error: unknown) => {
        if (!(error instanceof Problem)) throw error
        return false
      },
    )
    offer = { stop, ended }
    const signedIn = await ended.finally(() => (clearTimeout(timer), left.removeEventListener('abort', abort), (offer = undefined)))
    if (signedIn) return true
  }
  return false
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
