import Ticker from './ticker.worker?worker'

/**
 * Calls `onPicture` with each picture of a video track, until somebody calls the returned function. Each picture is closed after its call.
 */
export function readPictures(track: MediaStreamTrack, onPicture: (picture: VideoFrame) => void): () => void {
  return 'MediaStreamTrackProcessor' in window ? readTrack(track, onPicture) : readVideo(track, onPicture)
}

interface TrackProcessor {
  readonly readable: ReadableStream<VideoFrame>
}
type TrackProcessorType = new (init: { track: MediaStreamTrack; maxBufferSize?: number }) => TrackProcessor

/**
 * Reads straight from the track. This works even while the page is hidden, for example behind a window that the speaker shows. A camera has
 * few buffers. So each picture is closed, even after the end: a picture that stays open would block the next reader of the camera.
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
 * Reads through a video element, in browsers that have nothing better. The element reports pictures only while the page can be seen. While
 * the page is hidden, a picture is taken at each tick of a worker's timer.
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
