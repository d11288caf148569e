// `npm run types` writes this file.
import accounts from './accounts.json'
import actions from './actions.json'
import attendance from './attendance.json'
import audience from './audience.json'
import audit from './audit.json'
import board from './board.json'
import certificates from './certificates.json'
import conference from './conference.json'
import consultant from './consultant.json'
import course from './course.json'
import credits from './credits.json'
import devices from './devices.json'
import edits from './edits.json'
import feed from './feed.json'
import guests from './guests.json'
import guide from './guide.json'
import importing from './importing.json'
import lecture from './lecture.json'
import ledger from './ledger.json'
import logbook from './logbook.json'
import mail from './mail.json'
import media from './media.json'
import open from './open.json'
import passkeys from './passkeys.json'
import programmes from './programmes.json'
import providers from './providers.json'
import records from './records.json'
import registration from './registration.json'
import releases from './releases.json'
import research from './research.json'
import scorecard from './scorecard.json'
import sheets from './sheets.json'
import shell from './shell.json'
import tokens from './tokens.json'
import words from './words.json'
import work from './work.json'

export default {
  ...accounts,
  ...actions,
  ...attendance,
  ...audience,
  ...audit,
  ...board,
  ...certificates,
  ...conference,
  ...consultant,
  ...course,
  ...credits,
  ...devices,
  ...edits,
  ...feed,
  ...guests,
  ...guide,
  ...importing,
  ...lecture,
  ...ledger,
  ...logbook,
  ...mail,
  ...media,
  ...open,
  ...passkeys,
  ...programmes,
  ...providers,
  ...records,
  ...registration,
  ...releases,
  ...research,
  ...scorecard,
  ...sheets,
  ...shell,
  ...tokens,
  ...words,
  ...work,
}
