import { vi } from 'vitest'

export interface Device {
  /** The name of the error with which the browser refuses. Left out if it does not refuse. */
  readonly refuses?: string
  /** Gets the passkeys that the page offers in a field. Left out for a browser that cannot offer them there. */
  readonly offers?: Offer[]
}

/** A passkey that a page offers in a field until the person chooses it or the page withdraws it. */
export interface Offer {
  readonly choose: () => void
  readonly withdrawn: () => boolean
}

/** For tests: gives the browser passkeys. Returns what the pages have asked of the device. */
export function device({ refuses, offers }: Device = {}) {
  const asked: unknown[] = []
  class Answer {
    constructor(private readonly id: string) {}
    static parseCreationOptionsFromJSON = (make: unknown) => ({ make })
    static parseRequestOptionsFromJSON = (use: unknown) => ({ use })
    static isConditionalMediationAvailable = () => Promise.resolve(offers !== undefined)
    toJSON = () => ({ id: this.id })
  }
  const answer = (id: string) => async (options: { publicKey: unknown; mediation?: string; signal?: AbortSignal }) => {
    const { signal } = options
    if (options.mediation === 'conditional' && signal)
      return new Promise((resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason))
        offers!.push({ choose: () => resolve(new Answer('offered')), withdrawn: () => signal.aborted })
      })
    asked.push(options.publicKey)
    if (refuses) throw new DOMException('refused', refuses)
    return new Answer(id)
  }
  vi.stubGlobal('PublicKeyCredential', Answer)
  Object.defineProperty(navigator, 'credentials', { value: { create: answer('made'), get: answer('used') }, configurable: true })
  return asked
}
