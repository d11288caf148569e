export const attendance = {
  mine: '내 참석과 학점', all: '참석과 학점', back: '프로그램으로', nothing: '아직 참석한 세션이 없습니다. 시청하거나 체크인한 세션이 여기에 표시됩니다.', nobody: '아직 참석한 사람이 없습니다.', noPolicies: '네트워크에 학점 기준이 아직 없습니다.',
  credits: '학점', session: '세션', lectures: 'other:세션 {count}개', attended: '{held}분 중 {minutes}분', live: '실시간 {minutes}분', recorded: '다시보기 {minutes}분', room: '현장 {minutes}분', running: '진행 중', countedBy: '{body} 기준', why: '사유',
  certificate: '확인서 받기', certificateHint: '지금까지 인정된 학점 기준입니다. 학점이 늘면 다시 요청하세요. 새 확인서가 이전 것을 대체합니다.', open: 'PDF로 열기', number: '번호 {number}', issued: '{date} 발급', countedElsewhere: '{day} 학점 중 {credits}은 {title}에서 인정되었습니다. 하루 한도는 모든 학술대회를 합산합니다.', nothingEarned: '아직 인정된 학점이 없습니다.',
  people: 'other:{count}명', person: '이름', sessions: '세션', minutes: '분', export: '표로 내보내기(CSV)', search: '이름 찾기', details: '{who}의 세션 보기', list: '참석자', certificates: '확인서', rules: '학점 기준', noCertificates: '아직 발급된 확인서가 없습니다.',
  revoke: '취소', revokeTitle: '{who}의 확인서를 취소할까요?', revokeText: '스캔하면 더 이상 유효하지 않다고 바로 표시됩니다. 되돌릴 수 없습니다.', reason: '사유', reasonHint: '본인과 담당자만 볼 수 있으며 공개되지 않습니다.', valid: '유효', revoked: '{date} 취소됨', replaced: '{date} 대체됨',
  rulesText: '인정 기관별 기준이며 네트워크의 모든 학술대회에 적용됩니다. 학점은 즉시 다시 계산되고, 발급된 확인서는 그대로 유지됩니다.', addRule: '기관 추가', removeRule: '{name} 삭제', save: '저장', saved: '저장됨', stale: '그사이 다른 사람이 기준을 바꿨습니다. 입력한 내용은 저장되지 않았습니다.', reload: '바뀐 내용 보기',
  id: '짧은 이름', idHint: '영문 소문자, 숫자, 하이픈', nameIn: '이름({language})', unitIn: '단위({language})', perHour: '시간당 학점', share: '최소 참석 비율(%)', minimum: '최소 참석 시간(분)', cap: '하루 최대(모든 학술대회 합산)', noCap: '제한 없음', kinds: '인정 범위', countsLive: '실시간 시청', countsRecorded: '다시보기', countsRoom: '현장 참석', step: '단위 간격', rounding: '반올림', down: '내림', nearest: '반올림', version: '버전 {version}',
  unitHint: '한 단어 또는 수의 종류별 형태: {example}. 종류: zero, one, two, few, many, other(나머지 모두).',
  unitWord: '모든 수에 쓰는 한 단어. 예: {example}',
}

export const creditReasons = {
  'not-over': '아직 끝나지 않았습니다', cancelled: '취소된 세션입니다', 'not-attended': '진행 시간에 참석하지 않았습니다', 'kind-not-counted': '이 참석 방식은 인정되지 않습니다', 'below-share': '참석 비율이 기준보다 낮습니다', 'below-minutes': '참석 시간이 기준보다 짧습니다', 'too-little': '최소 학점에 미치지 못합니다',
  elsewhere: '같은 시간이 다른 세션에서 인정되었습니다', 'faster-than-time': '실제 시간보다 많이 재생되었습니다', 'day-cap': '하루 최대 학점에 도달했습니다',
}

export const verify = {
  title: '확인서 진위 확인', text: '확인서의 QR 코드를 스캔하거나 번호를 입력하세요.', number: '확인서 번호', numberHint: '인쇄된 그대로 입력하세요. 예: demo-congress.7k3f9q2m', check: '확인', holder: '성명', event: '참석 행사', credit: '학점', body: '인정 기준', issuer: '발급 기관', issued: '발급일', days: '행사 기간', compare: '가지고 있는 종이 확인서와 비교하세요.', another: '다른 확인서 확인',
  valid: '유효한 확인서입니다', validText: '이곳에서 발급되었으며 취소되지 않았습니다.', revoked: '취소된 확인서입니다', revokedText: '{date}부터 유효하지 않습니다.', replaced: '대체된 확인서입니다', replacedText: '{date}에 새 확인서가 발급되었습니다. 새 확인서를 요청하세요.', unknown: '그런 확인서가 없습니다', unknownText: '이 번호로 발급된 확인서가 없습니다.', forged: '진본이 아닙니다', forgedText: '이곳에서 서명되지 않았거나 서명 후에 변경되었습니다.',
  signed: '서명이 진본입니다', signedText: '허브에 연결할 수 없어 이후 취소되었는지는 알 수 없습니다. 내용은 변경되지 않았습니다.', offline: '지금은 확인할 수 없습니다', offlineText: '허브에 연결할 수 없고 이 기기에 서명을 확인할 키가 없습니다. 온라인 상태에서 다시 시도하세요.', checking: '확인 중',
}

export const creditFindings = {
  'certificate.nothing-earned': '아직 인정된 학점이 없습니다', 'certificate.bad-reason': '사유는 3~500자입니다', 'certificate.unknown': '그런 확인서가 없습니다', 'certificate.full': '더 이상 발급할 수 없습니다', 'certificate.altered': '저장된 확인서 내용이 서명된 내용과 달라 인쇄하지 않습니다', 'credit.stale': '그사이 다른 사람이 기준을 바꿨습니다', 'credit.bad-policy': '가능하지 않은 기준이 있습니다', 'credit.unknown-body': '네트워크에 그런 기관 기준이 없습니다', 'request.too-many': '시도가 너무 많습니다. 잠시 후 다시 하세요',
}
