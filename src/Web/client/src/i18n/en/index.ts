import type { AlertKind, CandidateReason, Finding, ImportWarning, LectureCredit, Problem } from '../../api/schema'
import type { Message } from '../fill'
import messages from './messages'

/** The key of a message, such as `board.title`. */
export type TextKey = keyof typeof messages

/** The first part of keys, such as `findings`. */
export type Group = TextKey extends infer Key ? (Key extends `${infer First}.${string}` ? First : never) : never

/** Every language has every message: a missing key does not compile. */
export type Catalogue = Readonly<Record<TextKey, Message>>

/** The keys of the sentences for the server's codes. A code without a sentence does not compile. */
type CodeKey =
  | `findings.${Problem['code'] | Finding['code']}`
  | `candidateReasons.${CandidateReason['code']}`
  | `creditReasons.${LectureCredit['why'][number]}`
  | `importing.${ImportWarning['code']}`
  | `importSentences.${ImportWarning['sentence']}`
  | `alertKinds.${AlertKind}`

const catalogue: Catalogue & Readonly<Record<CodeKey, Message>> = messages

export default catalogue
