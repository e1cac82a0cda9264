/** HTML or SVG whose texts are escaped. */
export interface Markup {
  readonly markup: string
}

type Value = string | number | Markup | readonly Markup[]

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Writes markup. Texts may be anybody's and are escaped, for elements and quoted attributes alike. */
export function markup(strings: TemplateStringsArray, ...values: readonly Value[]): Markup {
  return { markup: String.raw({ raw: strings }, ...values.map(written)) }
}

/** Markup of our own making, such as a drawing. */
export function trusted(text: string): Markup {
  return { markup: text }
}

/** What is there only sometimes. */
export const nothing: Markup = { markup: '' }

function written(value: Value): string {
  if (typeof value === 'object') {
    return 'markup' in value ? value.markup : value.map((each) => each.markup).join('')
  }
  return String(value).replace(/[&<>"']/g, (character) => entities[character] ?? '')
}
