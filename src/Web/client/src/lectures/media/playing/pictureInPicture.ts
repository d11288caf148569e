import type { PictureElement } from './Player'

let video: HTMLVideoElement | null = null

/** Shows a picture in a small window that stays above all other windows. */
export async function showPicture(picture: PictureElement | null) {
  if (!picture) return
  if (picture instanceof HTMLVideoElement) return void (await picture.requestPictureInPicture())
  video ??= document.createElement('video')
  video.muted = true
  video.srcObject = picture.captureStream(30)
  await video.play()
  await video.requestPictureInPicture()
}

export async function leavePicture() {
  await document.exitPictureInPicture()
  if (video) video.srcObject = null
}
