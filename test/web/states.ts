import { type Batch, credentialAt } from '../../core/batch.ts'
import { issueCohort, learners } from './cohort.ts'
import type { Desk } from './desk.ts'

/** One thing a visitor may hand in, and what the page must answer. */
export interface State {
  readonly name: string
  readonly input: string
  /** What is read first. */
  readonly word: string
  readonly headline: string
}

/** A credential of every state that the page tells apart, on the desk's chain. */
export async function makeStates({ chain }: Desk): Promise<readonly State[]> {
  const anchored = async (options: Parameters<typeof issueCohort>[1] = {}) => {
    const batch = issueCohort(chain, options)
    await chain.anchor(batch)
    return batch
  }
  const good = await anchored()
  const seat = seatOf(good, 'Zoë')
  await chain.revoke(good, seatOf(good, '山田'))
  await chain.suspend(good, seatOf(good, 'فاطمة'))
  const withdrawn = await anchored()
  await chain.withdraw(withdrawn)
  const text = (batch: Batch, at = 0) => JSON.stringify(credentialAt(batch, at), null, 2)
  const valid = text(good, seat)

  return [
    state('valid', valid, 'Valid', 'Genuine, unaltered and in force'),
    state('revoked', text(good, seatOf(good, '山田')), 'Revoked', 'Revoked by the issuer'),
    state('suspended', text(good, seatOf(good, 'فاطمة')), 'Suspended', 'Suspended by the issuer'),
    state('withdrawn', text(withdrawn), 'Revoked', 'Its whole batch was withdrawn'),
    state(
      'expired',
      text(await anchored({ validUntil: '2021-01-01T00:00:00Z' })),
      'Expired',
      'Its period is over',
    ),
    state(
      'not-yet-valid',
      text(await anchored({ validFrom: '2999-01-01T00:00:00Z' })),
      'Not valid yet',
      'Its period has not begun',
    ),
    state(
      'tampered',
      valid.replace('Zoë Ångström', 'Zoe Angstrom'),
      'Altered',
      'The content is not what was issued',
    ),
    state(
      'anchor-missing',
      JSON.stringify({ ...JSON.parse(valid), proof: undefined }),
      'Not valid',
      'Its anchor proof was left out',
    ),
    state(
      'proof-damaged',
      valid.replace('"proofValue": "u', '"proofValue": "uAAAA'),
      'Not valid',
      'Its proof is damaged',
    ),
    state(
      'issuer-unknown',
      text(await anchored({ account: chain.stranger })),
      'Issuer unknown',
      'Nobody trusted here vouches for the issuer',
    ),
    state('not-a-credential', '{"hello": "world"}', 'Not valid', 'This is not a credential'),
    state(
      'other-chain',
      text(issueCohort(chain, { chainId: 11155111 })),
      'Could not check',
      'No endpoint is known for its chain',
    ),
    state(
      'unknown-chain',
      text(issueCohort(chain, { chainId: 99_999 })),
      'Could not check',
      'Its chain is not one this page knows',
    ),
    state('malformed', '{"@context": [', 'Nothing to check', 'This is not readable JSON'),
    state(
      'duplicate',
      '{"issuer": {"id": 1, "id": 2}}',
      'Nothing to check',
      'This JSON says two things at once',
    ),
  ]
}

/** Status indexes are drawn at random: where a learner of the cohort sits. */
export function seatOf(batch: Batch, name: string): number {
  const known = learners.some((learner) => learner.name.startsWith(name))
  const seat = batch.entries.findIndex(({ credential }) =>
    JSON.stringify(credential).includes(name),
  )
  if (!known || seat < 0) throw new Error(`no learner ${name}`)
  return seat
}

function state(name: string, input: string, word: string, headline: string): State {
  return { name, input, word, headline }
}

export function stateOf(states: readonly State[], name: string): State {
  const found = states.find((candidate) => candidate.name === name)
  if (!found) throw new Error(`no state ${name}`)
  return found
}
