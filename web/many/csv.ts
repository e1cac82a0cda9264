/** A table as CSV (RFC 4180) that spreadsheets read as text: what would begin a formula there is led by an apostrophe. */
export function csvOf(rows: readonly (readonly string[])[]): string {
  // The mark lets spreadsheets see that it is UTF-8.
  return `\ufeff${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`
}

/** Untrusted: a name such as `=HYPERLINK(…)` must not run. OWASP, CSV injection; also after white space, and full-width. */
function cell(text: string): string {
  const isFormula = /^\s*[=+\-@＝＋－＠|]|^[\t\r\n]/.test(text)
  return `"${(isFormula ? `'${text}` : text).replaceAll('"', '""')}"`
}
