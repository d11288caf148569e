import '@fontsource/ibm-plex-sans-arabic/arabic-400.css'
import '@fontsource/ibm-plex-sans-arabic/arabic-600.css'
import type { Catalogue } from '../en'
import { board } from './board'
import { conference } from './conference'
import { consultant } from './consultant'
import { importing } from './importing'
import { shell } from './shell'
import { findings, kinds, statuses, attention, changes, candidateReasons, alertKinds, roles } from './words'

const catalogue: Catalogue = { shell, board, consultant, conference, importing, findings, kinds, statuses, attention, changes, candidateReasons, alertKinds, roles }

export default catalogue
