export const lecture = {
  enter: '강의실 입장', display: '강의실 화면', backstage: '진행 화면', toRoom: '강의실로', notOpen: '강의실이 아직 열리지 않았습니다.', notOpenHint: '이 화면에 계시면 자동으로 열립니다.', open: '강의실 열기', unknown: '그런 세션이 없습니다.',
  starts: '{when} 시작', startsAt: '{time} 시작', with: '연자: {who}', watching: 'other:{count}명 시청 중', onAir: '방송 중: {who}', nobodyOnAir: '방송 중인 사람이 없습니다.', waiting: '강의가 아직 시작되지 않았습니다. 이 화면에서 자동으로 시작됩니다.', onBreak: '휴식 중입니다. 이 화면에서 자동으로 이어집니다.', over: '강의가 끝났습니다.', liveSoon: '방송이 시작되면 영상이 나타납니다.',
  beside: '강의 자료와 참여', slides: '슬라이드', captions: '자막', questions: '질문', polls: '투표', picture: '영상', replaying: '다시 보는 중: 슬라이드, 자막, 질문, 투표는 그 시점의 내용입니다.', files: '녹화 내려받기', filesHint: '방송할 때마다 파일이 하나씩 생깁니다. 자막은 이름이 같은 파일의 시간에 맞춰져 있습니다.', noFiles: '파일이 없습니다.', wholeLecture: '강의 전체', wholeLectureHint: '파일 하나에 {length}, 쉬는 시간은 뺐습니다.', notJoinedYet: '모두 방송을 마치면 강의 전체가 담긴 파일이 나옵니다.', notJoined: '연자들의 영상 형식이 두 가지(VP8, H.264)여서 파일 하나에 담을 수 없습니다. 부분별 파일을 내려받으십시오.', showsScreen: '화면', showsCamera: '카메라', showsSound: '소리만',
  page: '슬라이드 {page}/{pages}', previous: '이전 슬라이드', next: '다음 슬라이드', backToLive: '현재 슬라이드로 ({page})', following: '연자와 같은 슬라이드', inReplay: '녹화와 같은 슬라이드', backToReplay: '녹화 시점의 슬라이드로 ({page})', browsing: '따로 보는 중', forEverybody: '모두의 슬라이드를 넘깁니다', noSlides: '슬라이드가 없습니다.', slidesFailed: '슬라이드를 표시할 수 없습니다.', upload: '슬라이드 올리기(PDF)', replaceSlides: '다른 슬라이드(PDF)', removeSlides: '슬라이드 치우기', uploading: '올리는 중', larger: '슬라이드 크게', pictureLarger: '영상 크게',
  captionLanguage: '자막 언어', captionsOff: '끄기', noCaptions: '아직 자막이 없습니다.', captionsIn: '{language} 자막',
  ask: '질문', askHint: '어떤 언어로든 가능합니다. 좌장이 먼저 확인합니다. 환자 정보는 쓰지 마세요.', anonymous: '이름 없이', send: '보내기', noQuestions: '아직 질문이 없습니다. 첫 질문을 남겨 주세요.', noQuestionsThen: '이 시점까지는 질문이 없었습니다.', waitsForModerator: '좌장 확인 대기 중', answered: '답변됨', askedBy: '질문자: {who}', anonymously: '익명 질문', mine: '내 질문', voteFor: '이 질문에 투표', votes: 'other:{count}표', sent: '보냈습니다. 좌장이 승인하면 여기에 표시됩니다.', nowAsked: '지금의 질문',
  noPolls: '아직 투표가 없습니다.', chooseOne: '하나를 선택하세요', chooseSeveral: '여러 개를 선택할 수 있습니다', vote: '투표', change: '투표 바꾸기', counted: '투표가 집계되었습니다.', closed: '마감되었습니다. 결과는 진행자가 공개하면 표시됩니다.', openThen: '이 시점에 투표가 진행 중이었습니다.', result: '결과', voters: 'other:{count}명 참여', noVotes: '참여자가 없습니다.', share: '{percent} · {count}',
  react: '반응', raiseHand: '손들기', lowerHand: '손 내리기', handUp: '손을 들었습니다', announcement: '공지', announcements: '공지', dismissAnnouncement: '숨기기',
  stage: '무대', goLive: '라이브 시작', pause: '휴식', resume: '다시 시작', end: '강의 종료', endSure: '모두에게 강의를 종료할까요? 되돌릴 수 없습니다.', since: '{time}부터', takeOff: '{who} 방송 중단', handOverTo: '넘겨받을 사람', handOver: '넘기기', handsOver: '{who} 님에게 넘기는 중', cancelHandOver: '취소', recording: '녹화', recordingOff: '녹화하지 않습니다.', recordingOn: 'other:녹화할 예정이며, 종료 후 {count}일 동안 보관합니다.', consent: '이 강의 녹화하기', days: '보관 일수',
  willBeRecorded: '녹화 예정', isRecorded: '녹화 중', agreeAsk: 'other:이 강의는 녹화되며 종료 후 {count}일 동안 보관됩니다. 동의하신 경우에만 본인이 녹화됩니다.', agree: '녹화에 동의합니다', youAgreed: 'other:녹화에 동의하셨습니다. 종료 후 {count}일 동안 보관됩니다.', disagree: '동의를 철회하고 내 녹화분을 삭제합니다', hasAgreed: '녹화됨: 동의함', hasNotAgreed: '녹화 안 됨: 동의하지 않음', agreedAre: '동의한 사람: {who}', nobodyAgreed: '아직 동의한 연자가 없습니다. 동의하지 않은 사람은 녹화되지 않습니다.', timeLeft: 'other:{count}분 남음', timeOver: 'other:{count}분 초과', endsAt: '{time} 종료', waitForModerator: 'other:질문 {count}개가 좌장 확인을 기다립니다.',
  crew: '진행진', addCrew: '추가', person: '사람', role: '역할', removeCrew: '{who}: {role} 역할 해제', noCrew: '추가된 사람이 없습니다. 네트워크 담당자와 연자는 자동으로 참여합니다.',
  hands: '손든 사람', noHands: '손든 사람이 없습니다.', letSpeak: '{who} 님에게 발언권 주기', lower: '{who} 님 손 내리기',
  pending: '대기', approved: '승인됨', approve: '승인', answer: '답변됨', dismiss: '거절', feature: '크게 보이기', unfeature: '그만 보이기', merge: '같은 질문…', mergeInto: '같은 질문 선택', nonePending: '대기 중인 질문이 없습니다.', noneApproved: '승인된 질문이 없습니다.',
  newPoll: '새 투표', pollQuestion: '무엇을 물을까요?', choice: '선택지 {number}', addChoice: '선택지 추가', removeChoice: '선택지 {number} 삭제', several: '여러 개 선택 가능', saveDraft: '초안 저장', openPoll: '열기', closePoll: '마감', showPoll: '결과 공개', dropPoll: '삭제', draft: '초안', isOpen: '진행 중', isClosed: '마감', isShown: '공개됨',
  announce: '공지하기', announceHint: '모두에게 바로 표시됩니다.', captioner: '자막 쓰기', captionLine: '자막 줄', captionLineHint: 'Enter를 누르면 전송됩니다.', correct: '{number}번 줄 고치기', save: '저장', remove: '지우기', exportCaptions: '{language} 자막 내려받기(WebVTT)',
  join: '휴대전화로 참여하기', joinHint: '질문, 투표, 자막', displayCaptions: '화면의 자막', fullScreen: '전체 화면', moreActions: '더 보기',
}

export const stages = { greenRoom: '준비 중', live: '라이브', break: '휴식', ended: '종료' }

export const lectureRoles = { attendee: '참석자', speaker: '연자', captioner: '자막 담당', moderator: '좌장', host: '진행자' }

export const reactions = { clap: '박수', heart: '하트', thumbsUp: '동의', laugh: '웃음', surprise: '놀람' }

export const lectureFindings = {
  'lecture.unknown': '강의실이 열려 있지 않습니다', 'lecture.not-allowed': '현재 역할로는 할 수 없습니다', 'lecture.ended': '강의가 끝났습니다', 'lecture.wrong-stage': '그사이 무대 상태가 바뀌었습니다', 'lecture.full': '더 이상 추가할 수 없습니다', 'lecture.bad-text': '글이 비어 있거나 너무 깁니다', 'lecture.too-many-questions': '이미 여러 질문이 대기 중입니다',
  'lecture.unknown-question': '없어진 질문입니다', 'lecture.bad-merge': '승인된 질문을 선택하세요', 'lecture.bad-choices': '투표에는 서로 다른 선택지가 2~10개 필요합니다', 'lecture.not-draft': '이미 시작된 투표입니다', 'lecture.unknown-poll': '없어진 투표입니다', 'lecture.wrong-poll-state': '그사이 투표 상태가 바뀌었습니다', 'lecture.poll-closed': '마감된 투표입니다',
  'lecture.unknown-person': '찾을 수 없는 사람입니다', 'lecture.bad-role': '누구나 참석할 수 있습니다', 'lecture.not-speaker': '연자만 넘겨받을 수 있습니다', 'lecture.not-on-air': '방송 중인 사람이 없습니다', 'lecture.too-many-on-air': '동시에 방송할 수 있는 인원을 넘었습니다', 'lecture.no-such-page': '그런 슬라이드가 없습니다', 'lecture.unknown-session': '학술대회에 그런 세션이 없습니다',
  'lecture.slides-too-large': '파일이 50MB를 넘습니다', 'lecture.slides-not-pdf': 'PDF 파일이 아닙니다', 'lecture.slides-broken': '손상된 PDF입니다', 'lecture.slides-too-complex': 'PDF를 여는 데 메모리나 시간이 너무 많이 듭니다. 더 단순한 PDF로 다시 저장해 주세요', 'lecture.slides-encrypted': '암호가 걸린 PDF입니다', 'lecture.slides-too-many-pages': 'PDF 쪽수가 너무 많습니다', 'lecture.bad-language': '알 수 없는 언어입니다', 'lecture.unknown-line': '없어진 줄입니다', 'lecture.not-recorded': '이 강의는 녹화하지 않습니다', 'lecture.bad-retention': '녹화는 1~3,650일 동안 보관합니다',
}
