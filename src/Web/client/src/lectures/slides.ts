import type { PDFDocumentProxy } from 'pdfjs-dist'
import worker from 'pdfjs-dist/build/pdf.worker.min.mjs?url'

let reader: Promise<typeof import('pdfjs-dist')> | undefined

/** pdf.js is large, so it is loaded only when there are slides to show. */
const pdfjs = () =>
  (reader ??= import('pdfjs-dist').then((module) => {
    module.GlobalWorkerOptions.workerSrc = worker
    return module
  }))

const decks = new Map<string, Promise<PDFDocumentProxy>>()

/** Opens a deck. Only the parts of the file that the shown pages need are read, so a deck of 300 pages opens as fast as a deck of three. */
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
    deck.catch(() => decks.delete(url)) // the next call reads the deck again
    decks.set(url, deck)
  }
  return deck
}

/** Draws a page in the given width, in device pixels, on a new canvas. */
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
