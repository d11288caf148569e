export const consultant = {
  title: '내 일정', now: '지금', next: '다음', nothing: '앞으로 2주 동안 예정된 일정이 없습니다.', underWay: '진행 중', ended: '{when} 종료', unsaid: '진행하셨나요?', at: '{date} {time} · {zone}', athome: '{zone} {time}', remote: '원격', map: '오시는 길', meets: '당직 코디네이터: {who}', with: '함께: {who}',
  arrived: '도착했습니다', done: '끝났습니다', sound: '소리', touchFirst: '화면을 한 번 누른 뒤부터 소리가 납니다.', allow: '이 기기로 알림 받기', allowed: '알림이 켜져 있습니다', blocked: '브라우저 설정에서 알림이 차단되어 있습니다.', person: '자문의', unknown: '이 주소에 해당하는 사람이 없습니다.', emptyDays: '이 두 주 동안 예정된 일정이 없습니다.', days: '앞으로의 일정', more: 'other:알림 {count}건 더 보기',
  urgent: '긴급', whyNot: '거절하는 이유', whyNotHint: '코디네이터가 읽습니다. 환자 정보는 적지 마세요.', sendDecline: '거절하기',
  notConsultant: '자문의가 아닙니다. 일정은 자문의에게만 배정됩니다.',
}
