import { contest, type Measured, measuredOf } from '../contest.ts'
import type { Outcome, Part } from '../part.ts'
import type { Plan } from '../plan.ts'
import { numberText } from '../report/number.ts'
import { quantityRow, ratioRow } from '../row.ts'
import { growth } from '../statistics.ts'

/** From the bytes of a roster to the root, without storage. */
export const pipelinePart: Part = {
  name: 'pipeline',
  goals: ['pipelineOne', 'pipelineTwo', 'pipelineGrowth'],
  async measure(plan, say) {
    const bySize: { size: number; sides: Sides }[] = []
    for (const size of plan.pipelineSizes) {
      say(`${size} learners …`)
      bySize.push({ size, sides: await measureSize(plan, size) })
    }
    const last = bySize.at(-1) as { size: number; sides: Sides }
    const rate = (side: keyof Sides) => (last.size / measuredOf(last.sides[side]).medianMs) * 1000
    const roots = new Set(Object.values(last.sides).map((side) => measuredOf(side).result))
    const same = roots.size === 1 ? 'all come to the same root' : '**roots differ**'
    const size = `${numberText(last.size)} learners`
    const unit = 'credentials/s'
    const points = bySize.map(({ size, sides }) => ({ size, cost: measuredOf(sides.one).medianMs }))
    return {
      rows: [
        ratioRow('pipelineOne', {
          ours: rate('one'),
          peer: rate('libraries'),
          unit,
          note: `${size}; csv-parse, Ajv, canonicalize, node:crypto, hash-wasm, merkletreejs there; ${same}`,
        }),
        ratioRow('pipelineTwo', {
          ours: rate('two'),
          peer: rate('libraries'),
          unit,
          note: `${size}; the threads of the service read, deal and make, a third one cuts the roster and looks for learners that stand there twice; ${same}`,
        }),
        quantityRow(
          'pipelineGrowth',
          growth(points),
          '',
          `one thread, ${bySize.map((one) => numberText(one.size)).join(', ')} learners`,
        ),
      ],
      findings: [
        {
          title: 'From roster to root by size',
          notes: 'Credentials a second (and the peak of the whole process).',
          head: ['pipeline', ...bySize.map((one) => numberText(one.size))],
          lines: (Object.keys(sideNames) as (keyof Sides)[]).map((side) => [
            sideNames[side],
            ...bySize.map(({ size, sides }) => cellOf(sides[side], size)),
          ]),
        },
      ],
      charts: [
        {
          file: 'pipeline.svg',
          title: `From roster to root, ${size}, credentials a second`,
          unit: '/s',
          bars: (Object.keys(sideNames) as (keyof Sides)[]).map((side) => ({
            name: sideNames[side],
            value: rate(side),
            isOurs: side !== 'libraries',
          })),
        },
      ],
    } satisfies Outcome
  },
}

const sideNames = {
  one: 'Rootmark, one thread',
  two: 'Rootmark, two threads',
  libraries: 'careful libraries, one thread',
} as const

type Sides = Readonly<Record<keyof typeof sideNames, Measured>>

function measureSize({ pipelineRounds }: Plan, size: number): Promise<Sides> {
  const task = { size }
  const warmUps = size > 50_000 ? 1 : 3
  const slow = size > 200_000 ? { mostRounds: 1 } : {}
  return contest(
    {
      one: { module: 'pipeline', task, warmUps },
      two: { module: 'pipeline-threads', task, warmUps },
      libraries: { module: 'library-pipeline', task, warmUps, ...slow },
    },
    { rounds: pipelineRounds, warmUps: 1 },
  )
}

function cellOf(measured: Measured, size: number): string {
  if ('failed' in measured) return `not measured: ${measured.failed}`
  const rate = (size / measured.medianMs) * 1000
  return `${numberText(rate)} (${numberText(measured.peakMb)} MB)`
}
