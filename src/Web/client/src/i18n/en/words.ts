// The server's codes, in words. Keys are the codes themselves.

export const kinds = {
  clinicalVisit: 'Clinical visit', consultation: 'Consultation', clinicalEvaluation: 'Clinical evaluation', treatmentPlanFollowUp: 'Treatment-plan follow-up',
  remoteSecondOpinion: 'Remote second opinion', lecture: 'Lecture', conferenceSession: 'Conference session', clinicalTeaching: 'Clinical teaching', workshop: 'Workshop', training: 'Training',
}

export const statuses = {
  planned: 'Planned', confirmed: 'Confirmed', inProgress: 'In progress', completed: 'Completed', cancelled: 'Cancelled', noShow: 'No-show', pending: 'Pending answer', attention: 'Needs attention',
}

export const roles = { coordinator: 'Coordinator', consultant: 'Consultant', attendee: 'Attendee', display: 'Wall display', system: 'The hub' }

export const attention = {
  noConsultant: 'Nobody is assigned', proposalUnanswered: 'Nobody answered the request', proposalDeclined: 'The request was declined', credentialLapsed: 'A credential has lapsed',
  outsideVisit: 'The consultant is not on a visit then', consultantAbsent: 'The consultant is absent', hospitalClosed: 'The hospital is closed', roomGone: 'The room no longer exists',
  bookingRefused: 'It could not move to the other week',
}

export const changes = {
  planned: 'planned', confirmed: 'confirmed', timeChanged: 'moved in time', roomChanged: 'moved to another room', assigned: 'reassigned', proposed: 'asked for an answer', accepted: 'accepted', declined: 'declined',
  expired: 'not answered in time', emergencyMoved: 'moved as an emergency', cancelled: 'cancelled', arrived: 'started', completed: 'completed', noShow: 'marked as no-show', undone: 'change taken back',
  attentionChanged: 'checked again', moving: 'moving to another week', movedAway: 'moved to another week', movedIn: 'moved in from another week', moveRefused: 'could not move to the other week', acknowledged: 'acknowledged',
}

export const candidateReasons = {
  'candidate.free': 'Free then', 'candidate.busy': 'Has another duty then', 'candidate.credentialed': 'Credentialed here', 'candidate.no-credential': 'No credential here', 'candidate.in-visit': 'On a visit', 'candidate.away': 'Not on a visit then',
  'candidate.same-hospital': 'Already at this hospital', 'candidate.travel': 'Travel {minutes}', 'candidate.travel-too-long': 'Too little time to travel ({minutes})', 'candidate.rested': 'Well rested', 'candidate.not-rested': 'Less rest than agreed',
  'candidate.language': 'Speaks {language}', 'candidate.few-hours': '{minutes} of duty this week',
}

export const alertKinds = {
  assigned: 'New duty', released: 'Duty given away', timeChanged: 'New time', roomChanged: 'New room', proposed: 'A request for you', proposalWithdrawn: 'Request withdrawn', emergencyMoved: 'Emergency move', cancelled: 'Cancelled',
  proposalAccepted: 'Accepted', proposalDeclined: 'Declined', nobodyAnswered: 'Nobody answered', needsAttention: 'Needs attention', sessionMoved: 'Session moved', notAcknowledged: 'Not acknowledged', programmeChanged: 'Programme changed', placeFree: 'You have a place', proposalExpired: 'No answer in time',
  reinstated: 'Takes place after all', changeUndone: 'Change taken back',
}

export const findings = {
  'roster.consultant-overlap': 'The consultant has another duty then', 'roster.room-overlap': 'The room is taken then', 'roster.no-credential': 'No valid credential at this hospital', 'roster.outside-visit': 'The consultant is not on a visit then',
  'roster.absent': 'The consultant is absent then', 'roster.hospital-closed': 'The hospital is closed then', 'roster.room-unknown': 'The hospital has no such room', 'roster.stale': 'Changed meanwhile by somebody else',
  'roster.travel': 'Too little time to travel', 'roster.rest': 'Less rest than agreed', 'roster.working-hours': 'Outside working hours', 'roster.room-capacity': 'More people than the room holds', 'roster.too-many-hospitals': 'More hospitals than the licence allows',
  'roster.wrong-status': 'Not possible in this status', 'roster.bad-time': 'The times do not fit', 'roster.reason-required': 'A reason is required', 'roster.not-candidate': 'Not asked of this person', 'roster.proposal-gone': 'The request is over',
  'roster.unknown-consultant': 'The consultant is unknown', 'roster.unknown-hospital': 'The hospital is unknown', 'roster.unknown-engagement': 'The engagement is unknown', 'roster.id-taken': 'The id is taken', 'roster.touched-since': 'Changed again since',
  'roster.nothing-to-undo': 'There is nothing to take back', 'roster.not-allowed': 'You may not do this', 'roster.text-too-long': 'The text is too long', 'roster.unknown-specialty': 'The specialty is unknown', 'roster.wrong-week': 'It belongs to another week',
  'hub.altered': 'What is stored is not what was written, so it is not shown. Tell your administrator.',
  'roster.archived': 'The week has been archived and changes no more',
  'roster.in-past': 'It lies in the past', 'roster.too-early': 'It is too early for this', 'roster.answer-too-late': 'The answer must be due before the start', 'roster.too-many': 'More people than one command may name', 'request.no-offset': 'A time lacks its offset',
  'roster.moving': 'It is moving to another week right now', 'roster.unknown-network': 'The network is unknown', 'roster.unknown-command': 'The hub does not know this command', 'session.booked': 'A roster has booked the session', 'session.no-hospital': 'The room belongs to no hospital',
  'session.stale': 'The session has changed meanwhile', 'session.unknown-room': 'The conference has no such room', 'session.room-not-linked': 'The room is no room of this hospital', 'session.bad-time': 'The times do not fit',
  'session.booked-time': 'The roster has booked the session: it keeps a time, of at most 24 hours', 'draft.settling': 'Rosters still decide about the release before. Try again in a moment', 'release.settling': 'Rosters still decide about sessions of this release', 'checkin.too-early': 'People are let in from an hour before the session', 'place.used': 'You were let in and the session has begun: the place stays yours', 'feedback.not-there': 'Feedback is for people who were there',
  'session.cancelled': 'The session is cancelled', 'session.over': 'The session is over', 'session.bad-capacity': 'That many places are not possible', 'session.bad-text': 'A text is missing or too long', 'session.unknown': 'The session is unknown', 'checkin.unknown': 'No ticket of this conference', 'checkin.full': 'All places are taken', 'feedback.too-early': 'The session has not begun', 'feedback.bad': 'Give 1 to 5 stars', 'draft.none': 'There is no draft any more', 'draft.exists': 'There is a draft already', 'draft.bad-note': 'The note is too long', 'draft.too-many': 'The programme has too many sessions', 'release.unknown': 'There is no such release', 'conference.unknown': 'There is no such conference',
}
