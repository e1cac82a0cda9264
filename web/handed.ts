/** What a visitor hands in: files, or text that was pasted, dropped or scanned. */
export type Handed = { readonly files: readonly File[] } | { readonly text: string }

/** The event that tells it. */
export type HandedEvent = CustomEvent<Handed>
