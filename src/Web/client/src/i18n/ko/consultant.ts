export const consultant = {
  title: '내 일정', nowAndNext: '지금과 다음', now: '지금', next: '다음', nothing: '앞으로 2주 동안 예정된 일정이 없습니다.', underWay: '진행 중', at: '{date} {time} · {zone}', remote: '원격', map: '{city} 지도', with: '함께: {who}',
  arrived: '도착했습니다', done: '끝났습니다', sound: '소리', allow: '이 기기로 알림 받기', days: '앞으로의 일정', whyNot: '거절하는 이유', whyNotHint: '코디네이터가 읽습니다. 환자 정보는 적지 마세요.', sendDecline: '거절하기',
}
