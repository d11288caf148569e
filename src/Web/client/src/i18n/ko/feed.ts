export const feed = {
  take: '가져가기', mine: '내 캘린더 링크', xml: '프로그램(schedule.xml)', json: '프로그램(schedule.json)', title: '내 캘린더', what: '내 세션과 일정을 사용 중인 캘린더에서 항상 최신으로 볼 수 있습니다. 이 링크를 구독으로 추가하세요.',
  link: '비공개 링크', secret: '링크를 가진 사람은 누구나 내 캘린더를 볼 수 있습니다. 공유하지 마세요.', copy: '복사', copied: '복사됨', open: '캘린더에서 열기', make: '링크 만들기', renew: '링크 새로 만들기', end: '링크 끝내기',
  leftOut: '취소되었거나 시간이 정해지지 않은 세션 {count}개는 제외됩니다. 이 형식으로는 나타낼 수 없습니다.',
}
