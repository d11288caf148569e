/** What this browser can do with a lecture's media. */
export const support = {
  /** Pictures and sound are decoded here. */
  playback: () => 'VideoDecoder' in window && 'AudioDecoder' in window && 'AudioWorkletNode' in window,
  /** Camera and microphone can be sent from here. */
  capture: () => 'VideoEncoder' in window && 'AudioEncoder' in window && 'AudioWorkletNode' in window && !!navigator.mediaDevices?.getUserMedia,
  screen: () => !!navigator.mediaDevices && 'getDisplayMedia' in navigator.mediaDevices,
  pictureInPicture: () => document.pictureInPictureEnabled === true && 'captureStream' in HTMLCanvasElement.prototype,
  fullScreen: () => document.fullscreenEnabled === true,
}

/** Why a device cannot be used, as a code that has a sentence in every language. */
export function deviceFault(error: unknown): string {
  switch (error instanceof DOMException ? error.name : '') {
    case 'NotAllowedError': case 'SecurityError': return 'media.denied'
    case 'NotFoundError': case 'OverconstrainedError': return 'media.no-device'
    case 'NotReadableError': case 'AbortError': return 'media.device-busy'
    default: return 'media.device-fault'
  }
}
