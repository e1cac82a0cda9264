import { plainText } from '../../core/lettering.ts'

/** A finding quotes what it objects to, and who is audited may have written that: a page shows so much of it. */
const mostLetters = 1200

/** Text that may hold words of others, without what would make it look like other text, and no longer than a page bears. */
export function shownText(text: string, most = mostLetters): string {
  const letters = [...plainText(text.slice(0, 4 * most))]
  if (letters.length <= most) return letters.join('')
  return `${letters.slice(0, most - 1).join('')}…`
}
