/** What a spreadsheet could read as the beginning of a formula. */
const formula = /^[=+\-@\t\r\n＝＋－＠]/

/**
 * A value as one cell of a table (RFC 4180). People choose their own names. So if a spreadsheet would read the value as a formula, an
 * apostrophe is put before it, as OWASP advises.
 */
function cell(value: string) {
  const text = value.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, '')
  const safe = formula.test(text) ? `'${text}` : text
  return /[",\r\n;\t]/.test(safe) || safe.startsWith("'") ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** A table in UTF-8 with a byte-order mark, because Excel guesses another encoding without one. */
export const csvOf = (rows: readonly (readonly string[])[]) => '\ufeff' + rows.map((row) => row.map(cell).join(',') + '\r\n').join('')
