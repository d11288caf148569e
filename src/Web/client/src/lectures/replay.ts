import type { LectureMoments, TopicItem } from '../api/schema'
import { at, type Room, roomOf } from './lecture'

/** The state of a room is read in spans of this length, in ms. */
const span = 120_000

/**
 * The address that returns what a room showed around an instant. All instants of one span have the same address, so a jump within a span
 * reads nothing new.
 */
export function momentsUrl(session: string, instant: number) {
  const from = Math.floor(instant / span) * span
  return `${at(session)}/moments?from=${new Date(from).toISOString()}&to=${new Date(from + span).toISOString()}`
}

/**
 * The room at an instant. Slides, questions, polls, captions and announcements are as they were then. Everything else is as it is now, for
 * example the stage, the people, raised hands, the audience and the reactions.
 */
export function roomAt(now: Room, moments: LectureMoments['moments'], instant: number): Room {
  const items = new Map<string, TopicItem>()
  let scene: LectureMoments['moments'][number]['scene'] = null
  for (const moment of moments) {
    if (Date.parse(moment.at) > instant) break
    if (moment.scene) scene = moment.scene
    if (moment.item) items.set(moment.item.key, moment.item)
  }
  const lecture = now.lecture && { ...now.lecture, slides: scene?.slides, page: scene?.page ?? 0, featured: scene?.featured }
  return { ...roomOf(items), lecture, hands: now.hands, pulse: now.pulse }
}
