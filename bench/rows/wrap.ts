import { contest, type Measured, measuredOf } from '../contest.ts'
import type { GoalKey } from '../goal.ts'
import type { Outcome, Part } from '../part.ts'
import { numberText } from '../report/number.ts'
import { type Row, ratioRow, unmeasured } from '../row.ts'

const vcCount = 500

/** Credentials with their proofs, made by us and by the libraries that one would take instead. */
export const wrapPart: Part = {
  name: 'wrap',
  goals: ['wrapOpenAttestation', 'wrapTrustVc', 'wrapEas', 'wrapVc'],
  async measure(plan, say) {
    const size = plan.wrapSize
    say(`${size} documents …`)
    const task = { size }
    const fewer = { size: Math.min(size, plan.isQuick ? vcCount / 5 : vcCount) }
    const sides = await contest(
      {
        ours: { module: 'wrap', task, warmUps: 5 },
        openAttestation: { module: 'open-attestation-wrap', task },
        trustVc: { module: 'trustvc-wrap', task },
        eas: { module: 'eas-wrap', task },
        vc: { module: 'vc-issue', task: fewer },
      },
      { rounds: plan.wrapRounds, warmUps: 1 },
    )
    const ours = rateOf(measuredOf(sides.ours), size)
    const row = (key: GoalKey, peer: Measured, count: number, note: string): Row =>
      'failed' in peer
        ? unmeasured(key, peer.failed)
        : ratioRow(key, {
            ours,
            peer: rateOf(peer, count),
            unit: 'documents/s',
            note: `batch of ${numberText(size)}; ${note}`,
          })
    const rows = [
      row(
        'wrapOpenAttestation',
        sides.openAttestation,
        size,
        'ours makes the documents from learners, too; wrapDocuments gets them ready',
      ),
      row('wrapTrustVc', sides.trustVc, size, 'wrapOADocuments gets the documents ready'),
      row(
        'wrapEas',
        sides.eas,
        size,
        'one tree of private data with a document in each salted leaf, and a proof for each',
      ),
      row(
        'wrapVc',
        sides.vc,
        fewer.size,
        `rate over ${fewer.size}, one by one; eddsa-rdfc-2022, contexts at hand`,
      ),
    ]
    const bars = [
      ['Rootmark', ours, true] as const,
      ...(
        [
          ['@govtechsg/open-attestation', sides.openAttestation, size],
          ['@trustvc/trustvc', sides.trustVc, size],
          ['EAS SDK private data', sides.eas, size],
          ['@digitalbazaar/vc issue', sides.vc, fewer.size],
        ] as const
      ).flatMap(([name, side, count]) =>
        'failed' in side ? [] : [[name, rateOf(side, count), false] as const],
      ),
    ].map(([name, value, isOurs]) => ({ name, value, isOurs }))
    const charts = [
      {
        file: 'wrap.svg',
        title: 'Credentials of 2.4 KB issued with their proofs, a second',
        unit: '/s',
        bars,
      },
    ]
    return { rows, charts } satisfies Outcome
  },
}

function rateOf(measured: Measured, count: number): number {
  return (count / measuredOf(measured).medianMs) * 1000
}
