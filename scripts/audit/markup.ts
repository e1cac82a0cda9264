/** HTML or SVG whose texts are escaped. */
export interface Markup {
  readonly markup: string
}

type Value = string | number | Markup | readonly Markup[]

/** Writes markup. Texts may be anybody's and are escaped, for elements and quoted attributes alike. */
export function markup(strings: TemplateStringsArray, ...values: readonly Value[]): Markup {
  const parts = strings.map((string, i) => string + (i < values.length ? written(values[i]) : ''))
  return { markup: parts.join('') }
}

/** What is there only sometimes. */
export const nothing: Markup = { markup: '' }

function written(value: Value | undefined): string {
  if (value === undefined) return ''
  if (typeof value === 'number') return String(value)
  if (typeof value === 'string') return escapeText(value)
  return 'markup' in value ? value.markup : value.map((each) => each.markup).join('')
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escapeText(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? '')
}
