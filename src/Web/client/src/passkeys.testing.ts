import { vi } from 'vitest'

export interface Device {
  /** The name of the error with which the browser refuses. Left out if it does not refuse. */
  readonly refuses?: string
}

/** For tests: gives the browser passkeys. Returns what the pages have asked of the device. */
export function device({ refuses }: Device = {}) {
  const asked: unknown[] = []
  class Answer {
    constructor(private readonly id: string) {}
    static parseCreationOptionsFromJSON = (make: unknown) => ({ make })
    static parseRequestOptionsFromJSON = (use: unknown) => ({ use })
    toJSON = () => ({ id: this.id })
  }
  const answer = (id: string) => async (options: { publicKey: unknown }) => {
    asked.push(options.publicKey)
    if (refuses) throw new DOMException('refused', refuses)
    return new Answer(id)
  }
  vi.stubGlobal('PublicKeyCredential', Answer)
  Object.defineProperty(navigator, 'credentials', { value: { create: answer('made'), get: answer('used') }, configurable: true })
  return asked
}
