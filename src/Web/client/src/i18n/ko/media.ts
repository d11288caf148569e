export const media = {
  player: '강의 화면과 소리', play: '재생', pause: '일시정지', mute: '음소거', unmute: '음소거 해제', volume: '음량', timeline: '녹화 재생 위치', toLive: '실시간으로 돌아가기', playRecording: '녹화 보기', leaveRecording: '녹화 나가기', captionsOn: '자막 켜기', captionsOff: '자막 끄기', fullScreen: '전체 화면', ownWindow: '별도 창으로 보기', quality: '화질',
  quality_auto: '자동', quality_full: '큰 화면', quality_small: '작은 화면', quality_sound: '소리만', hear: '소리 켜기', reconnecting: '연결이 끊겼습니다. 자동으로 다시 연결됩니다.', soundOnly: '소리만: {who}', screenOf: '{who} 님의 화면', cameraOf: '{who} 님의 카메라',
  studio: '내 카메라와 화면', yourCamera: '내 카메라', yourScreen: '내 화면', noPicture: '보낼 것을 켜 주세요.', camera: '카메라', microphone: '마이크', cameraOn: '카메라 켜기', cameraOff: '카메라 끄기', microphoneOn: '마이크 켜기', microphoneOff: '마이크 끄기', silence: '내 소리 끄기', speak: '내 소리가 꺼져 있습니다', screenOn: '화면 공유', screenOff: '화면 공유 중지', level: '내 소리 크기', goOnAir: '방송 시작', goOffAir: '방송 종료',
  onAirIn: '방송 중입니다: {title}', onAirElsewhere: '다른 강의에서 방송 중입니다. 먼저 그곳에서 방송을 종료하세요.', leaveSure: '방송 중입니다. 허브를 나가면 방송이 종료됩니다. 나가시겠습니까?', screenHeard: '화면의 소리도 함께 보냅니다.', screenSilent: '화면을 소리 없이 보내고 있습니다. 소리도 보내려면 다시 공유하면서 브라우저 창에서 소리를 허용하세요.',
  state_connecting: '연결 중', state_onAir: '방송 중입니다', state_reconnecting: '다시 연결 중', state_ended: '방송 종료됨', line_good: '회선 상태 좋음', line_weak: '회선 상태 약함', line_poor: '회선 상태 나쁨: 소리만', line: '{rate} Mbit/s · {trip} ms',
}

export const mediaFindings = {
  'media.denied': '브라우저에 사용 권한이 없습니다. 주소 옆 표시에서 이 페이지의 카메라와 마이크를 허용한 뒤 다시 시도하세요.', 'media.no-device': '이 컴퓨터에 그런 장치가 없습니다.', 'media.device-busy': '다른 프로그램이 장치를 쓰고 있습니다. 그 프로그램을 닫고 다시 시도하세요.', 'media.device-fault': '장치를 사용할 수 없습니다.', 'media.no-playback': '이 브라우저에서는 강의를 재생할 수 없습니다. 최신 Chrome, Edge, Firefox, Safari에서는 됩니다.', 'media.no-capture': '이 브라우저에서는 카메라와 마이크를 보낼 수 없습니다. 최신 Chrome, Edge, Safari에서는 됩니다.', 'media.unsupported-codec': '이 브라우저가 모르는 영상 형식입니다.', 'media.other-codec': '발표자가 이 브라우저에서 표시할 수 없는 H.264 영상을 보내고 있습니다. 소리는 계속 들리며, 최신 브라우저에서는 영상도 보입니다.', 'media.cannot-decode': '잠시 영상을 표시하지 못했습니다.', 'media.off-air': '방송에서 내려왔습니다.', 'media.clock': '이 컴퓨터의 시계가 건너뛰었습니다.', 'media.too-fast': '강의에 필요한 것보다 많이 보냈습니다.', 'hub.unreachable': '허브에 연결할 수 없습니다.',
}
