import type { AlertKind, CandidateReason, Finding, ImportWarning, LectureCredit, Problem } from '../../api/schema'
import type { Message } from '../fill'
import attendance from './attendance.json'
import audience from './audience.json'
import board from './board.json'
import conference from './conference.json'
import consultant from './consultant.json'
import feed from './feed.json'
import importing from './importing.json'
import lecture from './lecture.json'
import media from './media.json'
import open from './open.json'
import releases from './releases.json'
import shell from './shell.json'
import words from './words.json'

const messages = {
  ...attendance,
  ...audience,
  ...board,
  ...conference,
  ...consultant,
  ...feed,
  ...importing,
  ...lecture,
  ...media,
  ...open,
  ...releases,
  ...shell,
  ...words,
}

/** The key of a message, such as `board.title`. */
export type TextKey = keyof typeof messages

/** The first part of keys, such as `findings`. */
export type Group = TextKey extends infer Key ? (Key extends `${infer First}.${string}` ? First : never) : never

/** Every language has every message: a missing key does not compile. */
export type Catalogue = Readonly<Record<TextKey, Message>>

/** Codes of refusals that have no sentence yet. They are shown with a general sentence and the code. */
type WithoutSentence =
  | 'access.denied'
  | 'attendance.bad-time'
  | 'attendance.full'
  | 'attendance.implausible'
  | 'attendance.no-receipt'
  | 'attendance.not-received'
  | 'certificate.unknown-language'
  | 'conference.booking'
  | 'conference.exists'
  | 'consultant.unknown'
  | 'favourites.too-many'
  | 'feed.unknown'
  | 'hospital.unknown'
  | 'hub.busy'
  | 'hub.fault'
  | 'hub.not-stored'
  | 'hub.stopping'
  | 'import.dtd'
  | 'import.invalid'
  | 'import.malformed'
  | 'import.no-sessions'
  | 'import.too-deep'
  | 'import.too-large'
  | 'import.too-many-lines'
  | 'import.too-many-recurrences'
  | 'import.too-many-rooms'
  | 'import.too-many-sessions'
  | 'import.too-many-tracks'
  | 'import.too-many-zones'
  | 'import.unknown-format'
  | 'import.unknown-type'
  | 'inbox.unknown-alert'
  | 'lecture.bad-span'
  | 'lecture.bad-stream'
  | 'lecture.bad-time'
  | 'lecture.no-captions'
  | 'lecture.unknown-command'
  | 'lecture.unknown-deck'
  | 'media.bad-config'
  | 'media.bad-frame'
  | 'media.bad-quality'
  | 'media.bad-report'
  | 'media.bad-version'
  | 'media.ended'
  | 'media.no-keyframe'
  | 'media.not-watching'
  | 'media.too-large'
  | 'media.torn'
  | 'media.wrong-order'
  | 'media.wrong-publication'
  | 'network.unknown'
  | 'recording.growing'
  | 'recording.mixed-codecs'
  | 'recording.none'
  | 'recording.not-joined'
  | 'recording.unknown'
  | 'request.bad-json'
  | 'request.bad-parameter'
  | 'request.failed'
  | 'request.header-missing'
  | 'request.method-not-allowed'
  | 'request.not-found'
  | 'request.too-large'
  | 'request.unsupported-type'
  | 'session.denied'
  | 'session.none'
  | 'session.unknown-person'
  | 'topic.bad-position'
  | 'topic.denied'
  | 'topic.too-many'
  | 'topic.unknown'

/** The keys of the sentences for the server's codes. A code without a sentence does not compile. */
type CodeKey =
  | `findings.${Exclude<Problem['code'] | Finding['code'], WithoutSentence>}`
  | `candidateReasons.${CandidateReason['code']}`
  | `creditReasons.${LectureCredit['why'][number]}`
  | `importing.${ImportWarning['code']}`
  | `importSentences.${ImportWarning['sentence']}`
  | `alertKinds.${AlertKind}`

const catalogue: Catalogue & Readonly<Record<CodeKey, Message>> = messages

export default catalogue
