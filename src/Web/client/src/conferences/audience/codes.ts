/** Reads the QR codes in a picture from the camera. */
export type ReadCodes = (picture: HTMLVideoElement) => Promise<readonly string[]>

interface Detector {
  detect(source: HTMLVideoElement): Promise<{ rawValue: string }[]>
}
declare const BarcodeDetector: { new (options: { formats: string[] }): Detector; getSupportedFormats(): Promise<string[]> } | undefined

/**
 * A wider picture is reduced to this width before ZXing reads it, in pixels. This is enough for a code that a person holds in front of a
 * camera.
 */
const widest = 960

/** Loads a reader of QR codes: the browser's own, or else ZXing, which comes from this hub. Throws if it cannot be loaded. */
export async function loadReader(): Promise<ReadCodes> {
  const own = typeof BarcodeDetector === 'undefined' ? null : BarcodeDetector
  if (own && (await own.getSupportedFormats()).includes('qr_code')) {
    const detector = new own({ formats: ['qr_code'] })
    return async (picture) => (await detector.detect(picture)).map((code) => code.rawValue)
  }
  const [{ prepareZXingModule, readBarcodes }, { default: address }] = await Promise.all([
    import('zxing-wasm/reader'),
    import('zxing-wasm/reader/zxing_reader.wasm?url'),
  ])
  await prepareZXingModule({ overrides: { locateFile: () => address }, fireImmediately: true })
  const painter = document.createElement('canvas').getContext('2d', { willReadFrequently: true })!
  return async (picture) => {
    const scale = Math.min(1, widest / picture.videoWidth)
    const [width, height] = [Math.round(picture.videoWidth * scale), Math.round(picture.videoHeight * scale)]
    if (painter.canvas.width !== width || painter.canvas.height !== height) [painter.canvas.width, painter.canvas.height] = [width, height]
    painter.drawImage(picture, 0, 0, width, height)
    const codes = await readBarcodes(painter.getImageData(0, 0, width, height), { formats: ['QRCode'] })
    return codes.filter((code) => code.isValid).map((code) => code.text)
  }
}
