import '@fontsource/ibm-plex-sans-arabic/arabic-400.css'
import '@fontsource/ibm-plex-sans-arabic/arabic-600.css'
import type { Catalogue } from '../en'
import { attendance, creditFindings, creditReasons, verify } from './attendance'
import { audience } from './audience'
import { board } from './board'
import { conference } from './conference'
import { consultant } from './consultant'
import { feed } from './feed'
import { importing, importPlaces, importRefusals, importSentences } from './importing'
import { lecture, lectureFindings, lectureRoles, reactions, stages } from './lecture'
import { media, mediaFindings } from './media'
import { open } from './open'
import { releases, sessionChanges } from './releases'
import { shell } from './shell'
import { findings as otherFindings, kinds, statuses, attention, changes, candidateReasons, alertKinds, roles } from './words'

const catalogue: Catalogue = {
  shell,
  board,
  consultant,
  conference,
  feed,
  importing,
  importPlaces,
  importRefusals,
  importSentences,
  audience,
  releases,
  sessionChanges,
  open,
  attendance,
  creditReasons,
  verify,
  lecture,
  media,
  stages,
  lectureRoles,
  reactions,
  findings: { ...otherFindings, ...lectureFindings, ...mediaFindings, ...creditFindings },
  kinds,
  statuses,
  attention,
  changes,
  candidateReasons,
  alertKinds,
  roles,
}

export default catalogue
