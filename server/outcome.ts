import { SendError } from './send-error.ts'

/** What became of a job: nothing to add where it is done, `later` where a round shall ask for it again, or why it failed. */
export type Outcome = 'done' | 'later' | { readonly failed: string }

/** A chain that cannot be read is nobody's fault: the next round that reads it asks again. */
export function outcomeOf(thrown: unknown): Outcome {
  if (!(thrown instanceof SendError)) throw thrown
  const isTemporary = thrown.code === 'chain_unreadable' || thrown.code === 'transaction_pending'
  return isTemporary ? 'later' : { failed: thrown.message }
}
