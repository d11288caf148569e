export const feed = {
  take: 'Take it along', mine: 'My calendar link', xml: 'Programme as schedule.xml', json: 'Programme as schedule.json', title: 'My calendar', what: 'Your sessions and duties in your own calendar program, kept up to date. Add this link there as a subscription.',
  link: 'Private link', secret: 'Whoever has the link can read your calendar. Keep it to yourself.', toldOnce: 'You have a link. It was shown when it was made and cannot be shown again. A renewed link ends the old one.', copy: 'Copy', copied: 'Copied', open: 'Open in the calendar program', make: 'Make a link', renew: 'Renew the link', end: 'End the link',
  renewSure: 'Your link ends at once: calendars that follow it stop until you add the new one there. Renew it?',
  endSure: 'The link ends at once, and calendars that follow it stop. End it?', keep: 'Keep the link',
  leftOut: 'one:{count} session that is cancelled or has no time yet is left out: these formats have no place for it.||other:{count} sessions that are cancelled or have no time yet are left out: these formats have no place for them.',
}
