import Ticker from './ticker.worker?worker'

/** Calls back with each picture of a video track until stopped. The picture is closed after the call. */
export function readPictures(track: MediaStreamTrack, onPicture: (picture: VideoFrame) => void): () => void {
  return 'MediaStreamTrackProcessor' in window ? readTrack(track, onPicture) : readVideo(track, onPicture)
}

interface TrackProcessor {
  readonly readable: ReadableStream<VideoFrame>
}
type TrackProcessorType = new (init: { track: MediaStreamTrack; maxBufferSize?: number }) => TrackProcessor

/**
 * Reads straight from the track, also while the page is hidden behind the window that its speaker shows. A camera has few buffers, so a
 * picture that is kept after the end would block what begins next.
 */
function readTrack(track: MediaStreamTrack, onPicture: (picture: VideoFrame) => void): () => void {
  const { MediaStreamTrackProcessor } = window as unknown as { MediaStreamTrackProcessor: TrackProcessorType }
  const reader = new MediaStreamTrackProcessor({ track, maxBufferSize: 1 }).readable.getReader()
  let stopped = false
  void (async () => {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      try {
        if (!stopped) onPicture(value)
      } finally {
        value.close()
      }
    }
  })().catch(() => undefined)
  return () => {
    stopped = true
    void reader.cancel().catch(() => undefined)
  }
}

/**
 * Reads through a video element, in browsers without anything better. The element reports pictures only while the page can be seen, so a
 * clock asks for them while the page is hidden.
 */
function readVideo(track: MediaStreamTrack, onPicture: (picture: VideoFrame) => void): () => void {
  const video = document.createElement('video')
  const ticker = new Ticker()
  let stopped = false
  video.muted = true
  video.playsInline = true
  video.srcObject = new MediaStream([track])
  void video.play()
  const take = () => {
    if (video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return
    const picture = new VideoFrame(video, { timestamp: 0 })
    onPicture(picture)
    picture.close()
  }
  const next = () => {
    if (stopped) return
    take()
    video.requestVideoFrameCallback(next)
  }
  video.requestVideoFrameCallback(next)
  ticker.onmessage = () => document.hidden && take()
  return () => {
    stopped = true
    ticker.terminate()
    video.srcObject = null
  }
}
