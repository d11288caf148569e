import type { PDFDocumentProxy } from 'pdfjs-dist'
import worker from 'pdfjs-dist/build/pdf.worker.min.mjs?url'

let reader: Promise<typeof import('pdfjs-dist')> | undefined

/** pdf.js is large: it is read when there are slides to show. */
const pdfjs = () =>
  (reader ??= import('pdfjs-dist').then((module) => {
    module.GlobalWorkerOptions.workerSrc = worker
    return module
  }))

const decks = new Map<string, Promise<PDFDocumentProxy>>()

/** Opens a deck. Only the parts of the file are fetched that the pages shown need, so that a deck of 300 pages opens like one of three. */
export function openDeck(url: string): Promise<PDFDocumentProxy> {
  let deck = decks.get(url)
  if (!deck) {
    deck = pdfjs().then(
      ({ getDocument }) =>
        getDocument({
          url,
          rangeChunkSize: 256 * 1024,
          disableAutoFetch: true,
          disableStream: true,
          useWasm: false,
          cMapUrl: '/pdf/cmaps/',
          standardFontDataUrl: '/pdf/standard_fonts/',
          wasmUrl: '/pdf/wasm/',
        }).promise,
    )
    deck.catch(() => decks.delete(url)) // asked again when it is needed again
    decks.set(url, deck)
  }
  return deck
}

/** Draws a page as wide as given, in device pixels, on a canvas of its own. */
export async function drawPage(
  deck: PDFDocumentProxy,
  number: number,
  width: number,
): Promise<{ canvas: HTMLCanvasElement; text: string }> {
  const page = await deck.getPage(number)
  const viewport = page.getViewport({ scale: width / page.getViewport({ scale: 1 }).width })
  const canvas = document.createElement('canvas')
  canvas.width = Math.floor(viewport.width)
  canvas.height = Math.floor(viewport.height)
  await page.render({ canvas, viewport }).promise
  const content = await page.getTextContent()
  page.cleanup()
  return { canvas, text: content.items.map((item) => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : '')).join(' ') }
}
