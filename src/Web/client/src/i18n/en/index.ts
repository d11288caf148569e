import { attendance, creditFindings, creditReasons, verify } from './attendance'
import { board } from './board'
import { conference } from './conference'
import { consultant } from './consultant'
import { importing } from './importing'
import { lecture, lectureFindings, lectureRoles, reactions, stages } from './lecture'
import { shell } from './shell'
import { findings as otherFindings, kinds, statuses, attention, changes, candidateReasons, alertKinds, roles } from './words'

const catalogue = { shell, board, consultant, conference, importing, attendance, creditReasons, verify, lecture, stages, lectureRoles, reactions, findings: { ...otherFindings, ...lectureFindings, ...creditFindings }, kinds, statuses, attention, changes, candidateReasons, alertKinds, roles }

type Texts<T> = { [G in keyof T]: { [K in keyof T[G]]: string } }

/** Every language has every text: what is missing does not compile. */
export type Catalogue = Texts<typeof catalogue>

export default catalogue as Catalogue
