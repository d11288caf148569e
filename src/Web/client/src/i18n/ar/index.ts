import type { Catalogue } from '../en'
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

// The texts are shown before their font has arrived.
import('@fontsource/ibm-plex-sans-arabic/arabic-400.css').catch(() => undefined)
import('@fontsource/ibm-plex-sans-arabic/arabic-600.css').catch(() => undefined)

const catalogue: Catalogue = {
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

export default catalogue
