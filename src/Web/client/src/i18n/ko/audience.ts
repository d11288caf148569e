export const audience = {
  register: '참석 신청', wait: '대기자 명단에 등록', leave: '신청 취소', registered: '참석이 확정되었습니다', letIn: '입장하셨습니다', waitingAt: '대기 순번 {at}번', placesOf: 'other:{count}석 중 {taken}석 신청', coming: 'other:{count}명 참석 예정', waiting: 'other:대기 {count}명',
  howWasIt: '어떠셨나요?', stars: 'other:별 {count}개', words: '간단한 의견', noName: '주최 측이 이름 없이 읽습니다.', send: '보내기', thanks: '감사합니다', heard: 'other:5점 만점에 {mean}점 ({count}명)', capacity: '좌석 수', capacityHint: '비워 두면 제한이 없습니다. 이미 확정된 자리는 유지됩니다.',
  ticket: '내 입장권', ticketQr: '입장권 QR 코드', ticketHint: '입구에서 보여 주세요. 스캔이 안 되면 글자를 입력합니다.', door: '입구에서 체크인', inside: 'other:{count}명 입장', scan: '입장권 스캔', camera: '카메라 화면', noScan: '이 브라우저에서는 스캔할 수 없습니다. QR 코드 아래의 코드를 입력하세요.', noCamera: '카메라를 사용할 수 없습니다. 브라우저에서 허용하거나 코드를 입력하세요.', code: '입장권 코드', check: '확인', latest: '최근 체크인', in: '입장하세요', again: '이미 입장함', notIn: '입장할 수 없음', back: '학술대회로 돌아가기',
}
