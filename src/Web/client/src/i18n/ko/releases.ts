export const releases = {
  title: '릴리스', number: '릴리스 {number}', none: '아직 발행된 릴리스가 없습니다. 현재 프로그램이 표시됩니다.', compare: '변경 내용', from: '이전', to: '이후', nothing: '없음', same: '차이가 없습니다.', draft: '초안', noDraft: '초안이 없습니다. 다음 릴리스를 준비하려면 초안을 시작하세요. 발행하기 전에는 아무도 볼 수 없습니다.', begin: '초안 시작', draftHint: '코디네이터만 볼 수 있습니다. 발행하면 릴리스 {number}이(가) 되고 관련된 사람에게 한 번씩 알립니다. 가져온 파일도 여기에 들어갑니다.', publish: '발행', publishTitle: '릴리스 {number} 발행', publishHint: 'other:세션 {count}개가 변경됩니다. 관련된 사람마다 알림이 한 번 갑니다.', note: '독자에게 남길 말', add: '세션 추가', edit: '세션 편집', remove: '제거', drop: '초안 버리기', dropSure: '초안을 버릴까요? 편집한 내용이 사라집니다.', changes: 'other:변경 {count}건', name: '제목', speakers: '연자', oneALine: '한 줄에 한 명씩.', abstract: '초록',
  before: '이 릴리스 이전', settling: '근무표가 아직 처리하고 있습니다. 아직 아무에게도 알리지 않았습니다.', refused: 'other:근무표가 변경 {count}건을 거절했습니다. 거절된 내용은 그대로이고 나머지는 발행되었습니다.', asked: '요청한 내용: {what}', why: '거절 사유: {why}', wouldRefuse: '네트워크 근무표가 거절할 변경입니다. 발행하면 거절된 내용은 그대로이고 나머지는 발행됩니다',
  ended: '초안이 끝났습니다. 누군가 발행했거나 버렸습니다. 입력한 내용은 여기 남아 있지만 저장할 수 없습니다.',
  removedMeanwhile: '누군가 이 세션을 초안에서 제거했습니다. 입력한 내용은 여기 남아 있지만 저장할 수 없습니다.',
  takesOff: 'other:{who} 님이 연자에서 빠집니다. 발행하면 이 세션의 근무표에서도 빠집니다.',
  nothingChanged: '변경된 내용이 없어 발행할 것이 없습니다.',
}

export const sessionChanges = { added: '추가됨', removed: '제거됨', cancelled: '취소됨', restored: '다시 열림', time: '시간 변경', room: '장소 변경', speakers: '연자 변경', title: '제목 변경', text: '내용 변경', notBooked: '근무표에서 거절됨' }
