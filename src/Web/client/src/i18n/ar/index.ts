import '@fontsource/ibm-plex-sans-arabic/arabic-400.css'
import '@fontsource/ibm-plex-sans-arabic/arabic-600.css'
import type { Catalogue } from '../en'
import { attendance, creditFindings, creditReasons, verify } from './attendance'
import { board } from './board'
import { conference } from './conference'
import { consultant } from './consultant'
import { importing } from './importing'
import { lecture, lectureFindings, lectureRoles, reactions, stages } from './lecture'
import { shell } from './shell'
import { findings as otherFindings, kinds, statuses, attention, changes, candidateReasons, alertKinds, roles } from './words'

const catalogue: Catalogue = { shell, board, consultant, conference, importing, attendance, creditReasons, verify, lecture, stages, lectureRoles, reactions, findings: { ...otherFindings, ...lectureFindings, ...creditFindings }, kinds, statuses, attention, changes, candidateReasons, alertKinds, roles }

export default catalogue
