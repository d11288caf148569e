export const consultant = {
  title: 'My duties', now: 'Now', next: 'Next', nothing: 'Nothing is planned for you in these two weeks.', underWay: 'Under way', ended: 'Ended {when}', unsaid: 'Did this take place?', at: '{date}, {time} · {zone}', athome: '{zone} {time}', remote: 'Remote', map: 'How to get there', meets: 'Coordinator on duty: {who}', with: 'With {who}',
  arrived: 'I have arrived', done: 'Done', sound: 'Sound', touchFirst: 'Your browser lets the sound through once you have touched the page.', allow: 'Notify me on this device', allowed: 'Notifications are on', blocked: 'Notifications are blocked in the browser’s settings.', person: 'Consultant', unknown: 'Nobody is known at this address.', emptyDays: 'Nothing is planned in these two weeks.', days: 'The days ahead', more: 'one:Show 1 more alert||other:Show {count} more alerts',
  urgent: 'Urgent', whyNot: 'Why not?', whyNotHint: 'The coordinator reads it. No patient data.', sendDecline: 'Decline',
  notConsultant: 'Not a consultant. Engagements are given to consultants only.',
}
