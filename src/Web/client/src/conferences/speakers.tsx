import { createContext, type ReactNode, useContext, useMemo } from 'react'
import type { Consultant, Speaker } from '../api/schema'
import { useResource } from '../api/useResource'
import { useReader } from '../i18n'

type NameOf = (speaker: Speaker) => string

const Context = createContext<NameOf>((speaker) => speaker.name)

/**
 * Returns a function that gives a speaker's name on this page: in the reader's language if the hub knows the speaker, or else as the
 * programme spells it.
 */
export const useSpeakerName = () => useContext(Context)

/** @param network The network whose consultants may be speakers. */
export function SpeakerNames({ network, children }: { network: string | null | undefined; children: ReactNode }) {
  const { nameOf } = useReader()
  const { data } = useResource<Consultant[]>(network ? `/api/consultants?network=${network}` : null)
  const named = useMemo<NameOf>(() => {
    const known = new Map(data?.map((c) => [c.id, c.name]))
    return (speaker) => (speaker.consultant && nameOf(known.get(speaker.consultant))) || speaker.name
  }, [data, nameOf])
  return <Context.Provider value={named}>{children}</Context.Provider>
}
