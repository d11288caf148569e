let video: HTMLVideoElement | null = null

/** Shows a canvas in a small window that stays above the others. */
export async function showPicture(canvas: HTMLCanvasElement | null) {
  if (!canvas) return
  video ??= document.createElement('video')
  video.muted = true
  video.srcObject = canvas.captureStream(30)
  await video.play()
  await video.requestPictureInPicture()
}

export async function leavePicture() {
  await document.exitPictureInPicture()
  if (video) video.srcObject = null
}
