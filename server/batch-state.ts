import type { Kysely, Updateable } from 'kysely'
import { invariant } from '../core/error.ts'
import type { Finality } from '../core/report.ts'
import type { BatchTable, Tables } from './tables.ts'

export const batchStates = [
  'building',
  'built',
  'submitted',
  'included',
  'safe',
  'finalized',
  'failed',
] as const
export type BatchState = (typeof batchStates)[number]

/**
 * Every step that a batch may take, and no other.
 *
 * Forward it goes `building → built → submitted → included → safe → finalized`, and over a state that nobody saw. Back it goes
 * where the chain forgets, where a transaction is dropped, and out of `failed` when somebody asks again. A built batch fails where its
 * root is anchored with another size.
 */
export const transitions: Readonly<Record<BatchState, readonly BatchState[]>> = {
  building: ['built', 'failed'],
  built: ['submitted', 'included', 'safe', 'finalized', 'failed'],
  submitted: ['built', 'included', 'safe', 'finalized', 'failed'],
  included: ['safe', 'finalized', 'built'],
  safe: ['finalized', 'included', 'built'],
  finalized: ['built'],
  failed: ['building', 'built', 'included', 'safe', 'finalized'],
}

/** What is recorded beside the new state. */
export type BatchFacts = Omit<Updateable<BatchTable>, 'state'>

const idsPerStatement = 1000

/**
 * Moves batches from one state to another, those alone that are still in `from`: whoever comes second changes nothing.
 *
 * Returns the ids that were moved by this call. The only writer of states beside the insertion of a batch.
 */
export async function moveBatches(
  db: Kysely<Tables>,
  ids: readonly string[],
  from: BatchState,
  to: BatchState,
  facts: BatchFacts = {},
): Promise<readonly string[]> {
  invariant(transitions[from].includes(to), `a batch goes from ${from} to ${to}`)
  const moved: string[] = []
  for (let first = 0; first < ids.length; first += idsPerStatement) {
    const rows = await db
      .updateTable('batches')
      .set({ ...facts, state: to })
      .where('id', 'in', ids.slice(first, first + idsPerStatement))
      .where('state', '=', from)
      .returning('id')
      .execute()
    moved.push(...rows.map(({ id }) => id))
  }
  return moved
}

/** Records facts about batches that stay in `state`; those that have left it are not touched. */
export async function noteOnBatches(
  db: Kysely<Tables>,
  ids: readonly string[],
  state: BatchState,
  facts: BatchFacts,
): Promise<void> {
  for (let first = 0; first < ids.length; first += idsPerStatement) {
    await db
      .updateTable('batches')
      .set(facts)
      .where('id', 'in', ids.slice(first, first + idsPerStatement))
      .where('state', '=', state)
      .execute()
  }
}

/** Whether the chain holds the anchor, as far as was seen. */
export function isAnchored(state: BatchState): state is Finality {
  return state === 'included' || state === 'safe' || state === 'finalized'
}
