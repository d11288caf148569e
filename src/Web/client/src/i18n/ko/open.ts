export const open = {
  calendar: '캘린더용 프로그램(.ics)',
  page: '공개 페이지',
  manage: '관리',
  open: '모두에게 공개',
  close: '공개 중지',
  notOpen: '그런 프로그램이 없거나 공개되지 않았습니다.',
}
