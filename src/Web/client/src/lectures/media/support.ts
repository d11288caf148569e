const hasSound = () => 'AudioWorkletNode' in window
const all = (types: readonly string[], can: (type: string) => boolean) => types.every(can)

/** VP8 and Opus in WebM, one track each. Browsers without WebCodecs record and play these. */
export const webm = { picture: 'video/webm;codecs=vp8', sound: 'audio/webm;codecs=opus' } as const

/** The browser's media source, which plays pieces as they come. Some phones have only a managed one (Media Source Extensions 2). */
export const mediaSource = (): typeof MediaSource | undefined =>
  window.MediaSource ?? (window as { ManagedMediaSource?: typeof MediaSource }).ManagedMediaSource

/** Tells what this browser can do with a lecture's media. */
export const support = {
  /** How pictures and sound are played here. Null if they cannot be. */
  playback: (): 'codecs' | 'source' | null =>
    !hasSound()
      ? null
      : 'VideoDecoder' in window && 'AudioDecoder' in window
        ? 'codecs'
        : mediaSource() && all(Object.values(webm), (type) => mediaSource()!.isTypeSupported(type))
          ? 'source'
          : null,
  /** How camera and microphone are sent from here. Null if they cannot be. */
  capture: (): 'codecs' | 'recorder' | null =>
    !hasSound() || !navigator.mediaDevices?.getUserMedia
      ? null
      : 'VideoEncoder' in window && 'AudioEncoder' in window
        ? 'codecs'
        : 'MediaRecorder' in window && all(Object.values(webm), (type) => MediaRecorder.isTypeSupported(type))
          ? 'recorder'
          : null,
  screen: () => !!navigator.mediaDevices && 'getDisplayMedia' in navigator.mediaDevices,
  pictureInPicture: () =>
    document.pictureInPictureEnabled === true && (support.playback() === 'source' || 'captureStream' in HTMLCanvasElement.prototype),
  fullScreen: () => document.fullscreenEnabled === true,
}

/** The reason why a device cannot be used, as a code that has a sentence in every language. */
export function deviceFault(error: unknown): string {
  switch (error instanceof DOMException ? error.name : '') {
    case 'NotAllowedError':
    case 'SecurityError':
      return 'media.denied'
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'media.no-device'
    case 'NotReadableError':
    case 'AbortError':
      return 'media.device-busy'
    default:
      return 'media.device-fault'
  }
}
