export const consultant = {
  title: 'My duties', nowAndNext: 'Now and next', now: 'Now', next: 'Next', nothing: 'Nothing is planned for you in these two weeks.', underWay: 'Under way', at: '{date}, {time} · {zone}', remote: 'Remote', map: 'Map of {city}', with: 'With {who}',
  arrived: 'I have arrived', done: 'Done', sound: 'Sound', allow: 'Notify me on this device', days: 'The days ahead', whyNot: 'Why not?', whyNotHint: 'The coordinator reads it. No patient data.', sendDecline: 'Decline',
}
