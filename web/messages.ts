import { en } from './messages/en.ts'

/** Every text of the pages in one language; `core/` words its own sentences. */
export type Messages = typeof en

/** The texts in the language of the page. */
export const messages: Messages = en

/** Headline and next step of a verdict's reason; `undefined` where the language has none and core's sentence stands alone. */
export function explain(reason: string): { headline: string; next: string } | undefined {
  const { reasons } = messages
  return Object.hasOwn(reasons, reason) ? reasons[reason] : undefined
}
