import { contest, measuredOf } from '../contest.ts'
import type { Outcome, Part } from '../part.ts'
import { numberText } from '../report/number.ts'
import { ratioRow, unmeasured } from '../row.ts'

/** Verification in one process, without a network on any side. */
export const verifyPart: Part = {
  name: 'verify',
  goals: ['verifyOpenAttestation', 'verifyBlockcerts'],
  async measure(plan, say) {
    const size = plan.wrapSize
    const count = plan.verifyCount
    const few = Math.ceil(count / 10)
    say(`${count} credentials …`)
    const sides = await contest(
      {
        ours: { module: 'verify', task: { size, count: size }, warmUps: 5 },
        openAttestation: { module: 'open-attestation-verify', task: { size, count } },
        blockcerts: { module: 'blockcerts-verify', task: { size: few, count: few } },
        report: { module: 'report', task: { size, count: size }, warmUps: 5 },
        vc: { module: 'vc-verify', task: { count: few } },
      },
      { rounds: plan.verifyRounds, warmUps: 1 },
    )
    const rate = (side: keyof typeof sides, of: number) => {
      const { result, medianMs } = measuredOf(sides[side])
      if (result !== of) throw new Error(`${side} takes ${result} of ${of} for good`)
      return (of / medianMs) * 1000
    }
    const row = (
      key: 'verifyOpenAttestation' | 'verifyBlockcerts',
      side: 'openAttestation' | 'blockcerts',
      of: number,
      note: string,
    ) => {
      const measured = sides[side]
      if ('failed' in measured) return unmeasured(key, measured.failed)
      return ratioRow(key, {
        ours: rate('ours', size),
        peer: rate(side, of),
        unit: 'credentials/s',
        note,
      })
    }
    return {
      rows: [
        row(
          'verifyOpenAttestation',
          'openAttestation',
          count,
          `batch of ${numberText(size)}; form, content and proof up to the root on our side, verifySignature there: neither asks a chain`,
        ),
        row(
          'verifyBlockcerts',
          'blockcerts',
          few,
          'ours as above; there a mock chain, so that it asks none, and the issuer profile at hand',
        ),
      ],
      findings: [
        {
          title: 'Verification in process',
          notes: '',
          head: ['what', 'credentials/s', 'what is checked'],
          lines: (
            [
              ['ours', size, 'form, content and proof, up to a root that is known'],
              ['report', size, 'all eight checks; answers of the chain from memory'],
              ['openAttestation', count, 'content and proof, up to the root in the document'],
              ['blockcerts', few, 'content and proof, profile and dates; a mock chain'],
              ['vc', few, 'form, dates and an eddsa-rdfc-2022 signature; contexts at hand'],
            ] as const
          ).map(([side, of, what]) => {
            const measured = sides[side]
            const cell =
              'failed' in measured ? `not measured: ${measured.failed}` : numberText(rate(side, of))
            return [sideNames[side], cell, what]
          }),
        },
      ],
    } satisfies Outcome
  },
}

const sideNames = {
  ours: 'Rootmark, content and proof',
  report: 'Rootmark, full report',
  openAttestation: '@govtechsg/open-attestation verifySignature',
  blockcerts: '@blockcerts/cert-verifier-js',
  vc: '@digitalbazaar/vc verifyCredential',
} as const
