import type { CertificateClaims, PublicKeys } from '../api/schema'

const kept = 'hub.certificate-keys'

/** Keeps the hub's public keys on the device, so that a signature can be checked while the hub cannot be reached. */
export const keepKeys = (keys: PublicKeys) => localStorage.setItem(kept, JSON.stringify(keys))

export function keptKeys(): PublicKeys | null {
  try {
    return JSON.parse(localStorage.getItem(kept) ?? 'null') as PublicKeys | null
  } catch {
    return null
  }
}

const bytes = (text: string) => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0))

const json = <T>(part: string) => JSON.parse(new TextDecoder().decode(bytes(part))) as T

/** The claims of a compact JWS (RFC 7515, ES256), if one of the keys has signed it. Otherwise null. */
export async function verified(token: string, keys: PublicKeys): Promise<CertificateClaims | null> {
  try {
    const [header, payload, signature, more] = token.split('.')
    if (!header || !payload || !signature || more !== undefined) return null
    const { alg, kid } = json<{ alg: string; kid: string }>(header)
    const jwk = keys.keys.find((k) => k.kid === kid)
    if (alg !== 'ES256' || !jwk) return null
    const key = await crypto.subtle.importKey(
      'jwk',
      { kty: jwk.kty, crv: jwk.crv, x: jwk.x, y: jwk.y },
      { name: 'ECDSA', namedCurve: 'P-256' },
      false,
      ['verify'],
    )
    const genuine = await crypto.subtle.verify(
      { name: 'ECDSA', hash: 'SHA-256' },
      key,
      bytes(signature),
      new TextEncoder().encode(`${header}.${payload}`),
    )
    return genuine ? json<CertificateClaims>(payload) : null
  } catch {
    return null // this is not one of our tokens
  }
}
