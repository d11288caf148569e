import { useEffect, useState } from 'react'
import { SpeakerStudio } from './SpeakerStudio'
import { useStudioInUse } from './studioInUse'

/** The speaker's studio for a lecture. Null while the speaker is on air in another lecture. */
export function useStudio(session: string, title: string, page: string): SpeakerStudio | null {
  const inUse = useStudioInUse()
  const [studio, setStudio] = useState(() => SpeakerStudio.of(session, title, page))
  const free = !inUse || inUse.state === 'off'
  if (!studio && free) setStudio(SpeakerStudio.of(session, title, page))
  useEffect(() => {
    studio?.enter()
    return () => studio?.leave()
  }, [studio])
  return studio
}
