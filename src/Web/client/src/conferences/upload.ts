import { Problem, unreachable } from '../api/http'
import type { ImportReport, ImportWarning } from '../api/schema'

/**
 * Returns the media type of a programme file, by the file's name or else by its first characters. Null if the hub would not understand the
 * file.
 */
export async function typeOf(file: File): Promise<string | null> {
  const name = file.name.toLowerCase()
  if (name.endsWith('.xml')) return 'application/xml'
  if (name.endsWith('.json')) return 'application/json'
  if (name.endsWith('.ics')) return 'text/calendar'
  const start = (await file.slice(0, 64).text()).replace(/^\uFEFF/, '').trimStart()
  return start.startsWith('<')
    ? 'application/xml'
    : start.startsWith('{') || start.startsWith('[')
      ? 'application/json'
      : /^BEGIN:VCALENDAR/i.test(start)
        ? 'text/calendar'
        : null
}

/** Sends a file and reports the progress (0 to 1), which `fetch` cannot do. */
export function upload(url: string, file: File, type: string, progress: (sent: number) => void): Promise<ImportReport> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', url)
    request.setRequestHeader('X-Hub', '1')
    request.setRequestHeader('Content-Type', type)
    request.upload.onprogress = (event) => event.lengthComputable && progress(event.loaded / event.total)
    request.onerror = () => reject(new Problem(0, unreachable, 'The hub cannot be reached.'))
    request.onload = () => {
      const answer = /json/.test(request.getResponseHeader('content-type') ?? '') ? JSON.parse(request.responseText) : {}
      if (request.status < 300) resolve(answer as ImportReport)
      else
        reject(
          new Problem(
            request.status,
            answer.code ?? 'hub.fault',
            answer.detail ?? request.statusText,
            [],
            undefined,
            answer.place,
            answer.sentence,
            answer.values,
          ),
        )
    }
    request.send(file)
  })
}

/** Groups the warnings by code. The code with the most listed warnings comes first. */
export function grouped(warnings: readonly ImportWarning[]): { code: string; warnings: ImportWarning[] }[] {
  const groups = new Map<string, ImportWarning[]>()
  for (const warning of warnings) groups.set(warning.code, [...(groups.get(warning.code) ?? []), warning])
  return [...groups].map(([code, of]) => ({ code, warnings: of })).sort((a, b) => b.warnings.length - a.warnings.length)
}
