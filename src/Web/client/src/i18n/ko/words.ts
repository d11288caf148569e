// The server's codes, in words. Keys are the codes themselves.

export const kinds = {
  clinicalVisit: '임상 방문', consultation: '자문 진료', clinicalEvaluation: '임상 평가', treatmentPlanFollowUp: '치료 계획 추적',
  remoteSecondOpinion: '원격 2차 소견', lecture: '강의', conferenceSession: '학술대회 세션', clinicalTeaching: '임상 교육', workshop: '워크숍', training: '연수',
}

export const statuses = {
  planned: '예정', confirmed: '확정', inProgress: '진행 중', completed: '완료', cancelled: '취소됨', noShow: '불참', pending: '답변 대기', attention: '확인 필요',
}

export const roles = { coordinator: '코디네이터', consultant: '자문의', attendee: '참석자', display: '벽면 화면', system: '허브' }

export const attention = {
  noConsultant: '담당자 없음', proposalUnanswered: '요청에 답한 사람 없음', proposalDeclined: '요청이 거절됨', credentialLapsed: '면허·권한 만료',
  outsideVisit: '방문 기간이 아님', consultantAbsent: '자문의 부재', hospitalClosed: '병원 휴무', roomGone: '없어진 장소',
  bookingRefused: '다른 주로 옮기지 못함',
}

export const changes = {
  planned: '계획됨', confirmed: '확정됨', timeChanged: '시간 변경', roomChanged: '장소 변경', assigned: '담당자 변경', proposed: '답변 요청', accepted: '수락함', declined: '거절함',
  expired: '기한 내 답변 없음', emergencyMoved: '긴급 변경', cancelled: '취소됨', arrived: '시작됨', completed: '완료됨', noShow: '불참 처리', undone: '변경 되돌림',
  attentionChanged: '다시 점검함', moving: '다른 주로 옮기는 중', movedAway: '다른 주로 옮김', movedIn: '다른 주에서 옮겨 옴', moveRefused: '다른 주로 옮기지 못함', acknowledged: '긴급 변경 확인',
}

export const candidateReasons = {
  'candidate.free': '그 시간에 비어 있음', 'candidate.busy': '그 시간에 다른 일정 있음', 'candidate.credentialed': '이 병원 권한 있음', 'candidate.no-credential': '이 병원 권한 없음', 'candidate.in-visit': '방문 중', 'candidate.away': '방문 기간 아님',
  'candidate.same-hospital': '이미 이 병원에 있음', 'candidate.travel': '이동 {minutes}', 'candidate.travel-too-long': '이동 시간 부족 ({minutes})', 'candidate.rested': '휴식 충분', 'candidate.not-rested': '휴식 부족',
  'candidate.language': '{language} 가능', 'candidate.few-hours': '이번 주 근무 {minutes}',
}

export const alertKinds = {
  assigned: '새 일정', released: '일정 인계', timeChanged: '시간 변경', roomChanged: '장소 변경', proposed: '담당 요청', proposalWithdrawn: '요청 철회', emergencyMoved: '긴급 변경', cancelled: '취소',
  proposalAccepted: '수락', proposalDeclined: '거절', nobodyAnswered: '답변 없음', needsAttention: '확인 필요', sessionMoved: '세션 변경', notAcknowledged: '미확인 알림', programmeChanged: '프로그램 변경', placeFree: '참석 확정', proposalExpired: '기한 내 답변 없음',
  reinstated: '취소 철회', changeUndone: '변경 취소',
}

export const findings = {
  'roster.consultant-overlap': '자문의에게 그 시간에 다른 일정이 있습니다', 'roster.room-overlap': '그 시간에 이미 사용 중인 장소입니다', 'roster.no-credential': '이 병원에서 유효한 권한이 없습니다', 'roster.outside-visit': '자문의의 방문 기간이 아닙니다',
  'roster.absent': '자문의가 그때 부재중입니다', 'roster.hospital-closed': '병원이 그때 휴무입니다', 'roster.room-unknown': '병원에 없는 장소입니다', 'roster.stale': '그사이 다른 사람이 변경했습니다',
  'roster.travel': '이동 시간이 부족합니다', 'roster.rest': '합의된 휴식보다 짧습니다', 'roster.working-hours': '근무 시간이 아닙니다', 'roster.room-capacity': '정원을 넘는 인원입니다', 'roster.too-many-hospitals': '면허가 허용하는 병원 수를 넘습니다',
  'roster.wrong-status': '지금 상태에서는 할 수 없습니다', 'roster.bad-time': '시간이 맞지 않습니다', 'roster.reason-required': '사유를 적어 주세요', 'roster.not-candidate': '이 사람에게 요청되지 않았습니다', 'roster.proposal-gone': '요청이 끝났습니다',
  'roster.unknown-consultant': '알 수 없는 자문의입니다', 'roster.unknown-hospital': '알 수 없는 병원입니다', 'roster.unknown-engagement': '알 수 없는 일정입니다', 'roster.id-taken': '이미 쓰인 식별자입니다', 'roster.touched-since': '그 뒤에 다시 변경되었습니다',
  'roster.nothing-to-undo': '되돌릴 변경이 없습니다', 'roster.not-allowed': '권한이 없습니다', 'roster.text-too-long': '글이 너무 깁니다', 'roster.unknown-specialty': '알 수 없는 전문 분야입니다', 'roster.wrong-week': '다른 주에 속합니다',
  'hub.altered': '저장된 내용이 처음 기록된 내용과 달라 표시하지 않습니다. 관리자에게 알려 주세요.',
  'roster.archived': '보관된 주라 더 이상 바꿀 수 없습니다',
  'roster.in-past': '이미 지난 시각입니다', 'roster.too-early': '아직 할 수 없는 시각입니다', 'roster.answer-too-late': '답변 기한은 시작 전이어야 합니다', 'roster.too-many': '한 번에 지정할 수 있는 인원을 넘습니다', 'request.no-offset': '시각에 시간대 차이가 없습니다',
  'roster.moving': '지금 다른 주로 옮기는 중입니다', 'roster.unknown-network': '알 수 없는 네트워크입니다', 'roster.unknown-command': '허브가 모르는 명령입니다', 'session.booked': '근무표에 예약된 세션입니다', 'session.no-hospital': '병원에 속하지 않은 장소입니다',
  'session.stale': '그사이 세션이 변경되었습니다', 'session.unknown-room': '학술대회에 없는 장소입니다', 'session.room-not-linked': '이 병원의 장소가 아닙니다', 'session.bad-time': '시간이 맞지 않습니다',
  'session.booked-time': '근무표에 예약된 세션은 24시간 이내의 시간이 있어야 합니다', 'draft.settling': '근무표가 이전 릴리스를 아직 처리하고 있습니다. 잠시 후 다시 시도하세요', 'release.settling': '근무표가 이 릴리스의 세션을 아직 처리하고 있습니다', 'checkin.too-early': '세션 시작 1시간 전부터 입장할 수 있습니다', 'place.used': '이미 입장했고 세션이 시작되어 자리를 취소할 수 없습니다', 'feedback.not-there': '참석한 사람만 평가할 수 있습니다',
  'session.cancelled': '취소된 세션입니다', 'session.over': '끝난 세션입니다', 'session.bad-capacity': '좌석 수가 올바르지 않습니다', 'session.bad-text': '글이 없거나 너무 깁니다', 'session.unknown': '알 수 없는 세션', 'checkin.unknown': '이 학술대회의 입장권이 아닙니다', 'checkin.full': '자리가 모두 찼습니다', 'feedback.too-early': '세션이 아직 시작되지 않았습니다', 'feedback.bad': '별 1~5개를 선택하세요', 'draft.none': '초안이 더 이상 없습니다', 'draft.exists': '이미 초안이 있습니다', 'draft.bad-note': '메모가 너무 깁니다', 'draft.too-many': '세션이 너무 많습니다', 'release.unknown': '그런 릴리스가 없습니다', 'conference.unknown': '그런 학술대회가 없습니다',
}
