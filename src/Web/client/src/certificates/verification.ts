import { http } from '../api/http'
import type { CertificateClaims, CertificateNames, PublicKeys, Verification } from '../api/schema'
import { keepKeys, keptKeys, verified } from './signature'

/**
 * The server's answer. If the server gives none, a token is checked with the keys that are stored on this device: `signed` means that a
 * stored key made its signature, and `forged` means that none did. `offline` means that there are no stored keys, or only a number.
 */
export interface Outcome {
  readonly standing: Verification['standing'] | 'signed' | 'offline'
  readonly claims?: CertificateClaims | null
  readonly since?: string | null
  readonly names?: CertificateNames | null
}

export async function verifyToken(token: string): Promise<Outcome> {
  try {
    const answer = await http.get<Verification>(`/api/certificates/verification?token=${encodeURIComponent(token)}`)
    http.get<PublicKeys>('/api/certificates/keys').then(keepKeys, () => undefined)
    return answer
  } catch {
    const keys = keptKeys()
    if (!keys) return { standing: 'offline' }
    const claims = await verified(token, keys)
    return claims ? { standing: 'signed', claims } : { standing: 'forged' }
  }
}

export const verifyNumber = (number: string): Promise<Outcome> =>
  http
    .get<Verification>(`/api/certificates/verification?number=${encodeURIComponent(number)}`)
    .catch((): Outcome => ({ standing: 'offline' }))
