export const open = {
  calendar: 'Programme for a calendar (.ics)',
  page: 'Public page',
  manage: 'Manage',
  open: 'Open it to everybody',
  close: 'Close it to the public',
  notOpen: 'There is no such programme, or it is not open to everybody.',
}
