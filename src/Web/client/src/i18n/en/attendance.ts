export const attendance = {
  mine: 'My attendance and credit', all: 'Attendance and credit', back: 'Back to the programme', nothing: 'You have not attended anything here yet. What you watch, and what you check in to, shows here.', nobody: 'Nobody has attended anything yet.', noPolicies: 'The network has set no credit rules yet.',
  credits: 'Credit', session: 'Session', lectures: 'one:1 session||other:{count} sessions', attended: '{minutes} of {held} min', live: '{minutes} min live', recorded: '{minutes} min watched again', room: '{minutes} min in the room', running: 'Still going on', countedBy: 'Counted by {body}', why: 'Why',
  certificate: 'Get the certificate', certificateHint: 'For what has earned credit by now. When more is added, ask again: the new one replaces it.', open: 'Open as PDF', number: 'No. {number}', issued: 'Issued {date}', countedElsewhere: '{credits} of {day} counted at {title}: a day’s limit holds over all conferences.', nothingEarned: 'Nothing has earned credit yet.',
  people: 'one:1 person||other:{count} people', person: 'Person', sessions: 'Sessions', minutes: 'Minutes', export: 'Export as a table (CSV)', search: 'Find a person', details: 'Show sessions of {who}', list: 'People', certificates: 'Certificates', rules: 'Credit rules', noCertificates: 'No certificates have been issued yet.',
  revoke: 'Revoke', revokeTitle: 'Revoke the certificate of {who}?', revokeText: 'Whoever scans it sees at once that it is no longer valid. This cannot be undone.', reason: 'Reason', reasonHint: 'For the holder and coordinators; the public does not see it.', valid: 'Valid', revoked: 'Revoked {date}', replaced: 'Replaced {date}',
  rulesText: 'Rules of each accrediting body, for all conferences of the network. Credit is counted anew at once; certificates stay as they were issued.', addRule: 'Add a body', removeRule: 'Remove {name}', save: 'Save', saved: 'Saved', stale: 'Somebody has changed the rules meanwhile. Yours were not stored.', reload: 'Show theirs',
  id: 'Short name', idHint: 'Small letters, digits, dashes', nameIn: 'Name ({language})', unitIn: 'Unit ({language})', perHour: 'Credit for an hour', share: 'At least this part of a lecture (%)', minimum: 'At least this long (minutes)', cap: 'At most a day, over all conferences', noCap: 'No limit', kinds: 'What counts', countsLive: 'Live', countsRecorded: 'Watched again', countsRoom: 'In the room', step: 'In steps of', rounding: 'Rounded', down: 'Down', nearest: 'To the nearest', version: 'Version {version}',
  unitHint: 'One word, or a form for each kind of number: {example}. Kinds: zero, one, two, few, many, other (all the rest).',
  unitWord: 'One word for all numbers, such as {example}',
}

export const creditReasons = {
  'not-over': 'It is not over yet', cancelled: 'It was cancelled', 'not-attended': 'Not attended while it was held', 'kind-not-counted': 'This way of attending does not count', 'below-share': 'Too small a part of it was attended', 'below-minutes': 'Attended for too short a time', 'too-little': 'Too little for the smallest credit',
  elsewhere: 'The same time has counted for another session', 'faster-than-time': 'More was played than time passed', 'day-cap': 'The most for a day is reached',
}

export const verify = {
  title: 'Verify a certificate', text: 'Scan the code on the certificate, or type its number.', number: 'Certificate number', numberHint: 'As it is printed, such as demo-congress.7k3f9q2m', check: 'Verify', holder: 'Holder', event: 'Attended', credit: 'Credit', body: 'Counted by', issuer: 'Issued by', issued: 'Issued on', days: 'Held', compare: 'Compare this with the paper in front of you.', another: 'Verify another',
  valid: 'This certificate is valid', validText: 'It was issued here and has not been revoked.', revoked: 'This certificate was revoked', revokedText: 'It is not valid since {date}.', replaced: 'This certificate was replaced', replacedText: 'A newer one was issued on {date}. Ask for that one.', unknown: 'There is no such certificate', unknownText: 'No certificate with this number was issued here.', forged: 'This is not a genuine certificate', forgedText: 'Its code was not signed here, or was changed afterwards.',
  signed: 'The signature is genuine', signedText: 'The hub cannot be reached, so it is not known whether the certificate has been revoked since. Its content was not changed.', offline: 'It cannot be verified now', offlineText: 'The hub cannot be reached, and this device has no keys to check the signature with. Try again when it is online.', checking: 'Verifying',
}

export const creditFindings = {
  'certificate.nothing-earned': 'Nothing has earned credit yet', 'certificate.bad-reason': 'A reason has 3 to 500 characters', 'certificate.unknown': 'There is no such certificate', 'certificate.full': 'No more certificates can be issued', 'certificate.altered': 'What is stored of this certificate is not what was signed, so it is not printed', 'credit.stale': 'Somebody has changed the rules meanwhile', 'credit.bad-policy': 'One of the rules is not possible', 'credit.unknown-body': 'The network counts by no such body', 'request.too-many': 'Too many tries; wait a minute',
}
