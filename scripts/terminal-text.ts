// Marks that steer a terminal, reorder or hide text: C0 and C1 controls but tab and line feed, bidirectional controls
// (Unicode UAX #9), zero-width marks but those that scripts and emoji need, tags.
const hidden =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to remove.
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu

// More marks on one letter than any script needs: they would be painted over the lines around it.
const stacked = /(?<=\p{M}{6})\p{M}+/gu

/** Text for a terminal that may hold words of others, without what would steer it or make it look like other text. */
export function visible(text: string): string {
  return text.replace(hidden, '').replace(stacked, '')
}

/** The same, on one line. */
export function oneLine(text: string): string {
  return visible(text.replace(/\s*[\r\n\u2028\u2029]+\s*/g, ' '))
}
