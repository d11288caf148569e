export const conference = {
  unknown: '그런 학술대회가 없습니다.', noneYet: '아직 학술대회가 없습니다.', count: 'other:세션 {count}개', zone: '모든 시각은 {zone} 기준', moved: '변경된 세션', now: '지금 진행 중', next: '다음', programme: '프로그램', days: '날짜', order: '정렬', byTime: '시간순', byRoom: '장소별', byTrack: '트랙별', room: '장소', allRooms: '모든 장소', track: '트랙', allTracks: '모든 트랙', search: '프로그램 검색', favourites: '즐겨찾기만', nothing: '해당하는 세션이 없습니다.', none: '없음',
  moreOf: 'other:{left}개 중 {count}개 더 보기', links: '링크와 파일', attachment: '파일', sessionGone: '이 주소의 세션은 프로그램에 없습니다. 프로그램에서 빠졌을 수 있습니다.', session: '세션', noTime: '시간 미정', on: '진행 중', cancelled: '취소됨', notBooked: '확인 필요: 예약되지 않음', notBookedWhy: '네트워크에서 예약하지 못했습니다: {why}', booked: '네트워크 근무표에 예약됨', movedFrom: '변경 전: {from}', mark: '{title} 즐겨찾기에 추가', unmark: '{title} 즐겨찾기에서 제거', lasts: '{length}', speakers: '연자: {who}', language: '{language}', more: '자세히 보기', move: '옮기기', moveTitle: '‘{title}’ 옮기기', start: '시작', minutes: '길이(분)',
  overlaps: '가능하지만 같은 시간에 다른 세션이 있습니다', wouldNotBook: '옮길 수는 있지만 네트워크 근무표에 예약되지 않습니다', roomTaken: '{what} 장소 사용 중: {title}, {when}', speaksElsewhere: '{what} 님의 다른 세션: {title}, {when}',
  changeRefused: '변경이 거절됨', changeRefusedWhy: '근무표가 변경을 거절했습니다: {why}. 거절된 내용은 그대로이고 나머지는 발행되었습니다.',
  meanwhile: '같은 시간에 다른 세션이 있습니다',
}
