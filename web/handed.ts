/** What a visitor hands in: files, text that was pasted or dropped, or what a code says that was scanned. */
export type Handed =
  | { readonly files: readonly File[] }
  | { readonly text: string }
  | { readonly code: string }

/** The event that tells it. */
export type HandedEvent = CustomEvent<Handed>
