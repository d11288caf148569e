// `npm run types` writes this file.
import accounts from './accounts.json'
import attendance from './attendance.json'
import audience from './audience.json'
import audit from './audit.json'
import board from './board.json'
import conference from './conference.json'
import consultant from './consultant.json'
import devices from './devices.json'
import feed from './feed.json'
import importing from './importing.json'
import lecture from './lecture.json'
import mail from './mail.json'
import media from './media.json'
import open from './open.json'
import providers from './providers.json'
import releases from './releases.json'
import shell from './shell.json'
import words from './words.json'

export default {
  ...accounts,
  ...attendance,
  ...audience,
  ...audit,
  ...board,
  ...conference,
  ...consultant,
  ...devices,
  ...feed,
  ...importing,
  ...lecture,
  ...mail,
  ...media,
  ...open,
  ...providers,
  ...releases,
  ...shell,
  ...words,
}
