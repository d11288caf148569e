import { Problem, unreachable } from '../api/http'
import type { TableReport } from './wire'

/** How far the hub is with a file: how much of it was sent (0 to 1), then how many of its rows were checked. */
export interface Progress {
  readonly sent: number
  readonly checked?: number
  readonly of?: number
}

/** The answer to a file: its report, or the id of an import that goes on in the background. */
export type Answered = { readonly report: TableReport } | { readonly import: string }

/** The media types of files that a table may take besides CSV, by the ends of their names. */
const types: Readonly<Record<string, string>> = {
  ics: 'text/calendar',
  json: 'application/fhir+json',
  xml: 'application/fhir+xml',
}

const endOf = (name: string) => name.split('.').at(-1)!.toLowerCase()

/** The type of a file. A file whose type the table does not take is sent as CSV, so that the hub says what is wrong with it. */
export const typeOf = (file: Pick<File, 'name'>, taken: readonly string[]) => {
  const type = types[endOf(file.name)]
  return type && taken.includes(type) ? type : 'text/csv'
}

/** What a file chooser offers: CSV files, and the other files that the table takes. */
export const offered = (taken: readonly string[]) =>
  ['.csv', 'text/csv', ...Object.entries(types).flatMap(([end, type]) => (taken.includes(type) ? [`.${end}`, type] : []))].join(',')

/**
 * Sends a file as a table. The hub answers a preview line by line, so that the progress can be shown, and the last line is the report.
 * @param type The media type of the file.
 * @param reason Why planned engagements may suffer, if some would.
 */
export function sendTable(url: string, file: Blob, type: string, reason: string, progress: (now: Progress) => void): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    let read = 0
    const lines = (text: string) => {
      const end = text.lastIndexOf('\n')
      if (end < read) return
      for (const line of text.slice(read, end).split('\n')) {
        const said = line.trim() && (JSON.parse(line) as Partial<Progress>)
        if (said && said.checked !== undefined) progress({ sent: 1, checked: said.checked, of: said.of })
      }
      read = end + 1
    }
    const isLines = () => /ndjson/.test(request.getResponseHeader('content-type') ?? '')
    request.open('POST', url)
    request.setRequestHeader('X-Hub', '1')
    request.setRequestHeader('Content-Type', type)
    request.setRequestHeader('Accept', 'application/x-ndjson, application/json;q=0.9')
    if (reason) request.setRequestHeader('X-Reason', encodeURIComponent(reason))
    request.upload.onprogress = (event) => event.lengthComputable && progress({ sent: event.loaded / event.total })
    request.onprogress = () => isLines() && lines(request.responseText)
    request.onerror = () => reject(new Problem(0, unreachable, 'The hub cannot be reached.'))
    request.onload = () => {
      const text = isLines() ? request.responseText.trim().split('\n').at(-1)! : request.responseText
      const answer = /json/.test(request.getResponseHeader('content-type') ?? '') ? JSON.parse(text) : {}
      if (request.status < 300 && answer.rows) resolve({ report: answer as TableReport })
      else if (request.status < 300 && answer.import) resolve({ import: answer.import as string })
      else
        reject(
          new Problem(
            request.status,
            answer.code ?? 'hub.fault',
            answer.detail ?? request.statusText,
            [],
            undefined,
            answer.place,
            undefined,
            undefined,
            undefined,
            answer,
          ),
        )
    }
    request.send(file)
  })
}
