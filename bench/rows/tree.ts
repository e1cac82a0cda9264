import { contest, type Entry, type Measured, measuredOf } from '../contest.ts'
import type { Chart, Finding, Outcome, Part } from '../part.ts'
import type { Plan } from '../plan.ts'
import { numberText } from '../report/number.ts'
import { type Row, ratioRow, unmeasured } from '../row.ts'
import { growth } from '../statistics.ts'

/** The batch tree against the trees of two libraries. */
export const treePart: Part = {
  name: 'tree',
  goals: ['treeTime', 'treeTyped', 'treeMemory', 'treePlain', 'treeKernel'],
  async measure(plan, say) {
    const bySize: Sized[] = []
    for (const size of plan.treeSizes) {
      say(`${size} leaves …`)
      bySize.push({ size, sides: await measureSize(plan, size) })
    }
    const largest = (bySize.at(-1) as Sized).sides
    return {
      rows: rowsOf(largest, plan.treeSize),
      findings: [growthTable(bySize)],
      charts: chartsOf(largest, plan.treeSize),
    } satisfies Outcome
  },
}

interface Sized {
  readonly size: number
  readonly sides: Sides
}

const sideNames = {
  ours: 'Rootmark, leaves from digests',
  oursBare: 'Rootmark, given leaves',
  oursScalar: 'Rootmark without vectors, given leaves',
  merkletreejs: 'merkletreejs with hash-wasm, given leaves',
  merkletreejsOwn: "merkletreejs with Rootmark's hash function, given leaves",
  simple: '@openzeppelin/merkle-tree simple, given leaves',
  standard: '@openzeppelin/merkle-tree standard, leaves from (digest, index)',
} as const

type Side = keyof typeof sideNames
type Sides = Readonly<Record<Side, Measured>>

function measureSize({ treeRounds }: Plan, size: number): Promise<Sides> {
  const warmUps = size > 50_000 ? 2 : 10
  // Its time grows in a straight line, and a round takes a minute at a million.
  const slow = size >= 20_000 ? { mostRounds: 1 } : {}
  const entries: Record<Side, Entry> = {
    ours: { module: 'tree', task: { size }, warmUps },
    oursBare: { module: 'tree', task: { size, bare: true }, warmUps },
    oursScalar: { module: 'tree', task: { size, scalar: true }, warmUps },
    merkletreejs: { module: 'merkletreejs-tree', task: { size }, warmUps },
    merkletreejsOwn: { module: 'merkletreejs-tree', task: { size, ownKernel: true }, warmUps },
    simple: { module: 'openzeppelin-tree', task: { size, bare: true }, ...slow },
    standard: { module: 'openzeppelin-tree', task: { size }, ...slow },
  }
  return contest(entries, { rounds: treeRounds, warmUps: 1 })
}

function rowsOf(sides: Sides, size: number): readonly Row[] {
  const { ours, oursBare, oursScalar, merkletreejs, simple, standard } = sides
  const leaves = `${numberText(size)} leaves`
  return [
    faster('treeTime', oursBare, simple, `${leaves}; SimpleMerkleTree`),
    faster('treeTyped', ours, standard, `${leaves}; StandardMerkleTree, three times the hashes`),
    memoryRow(ours, standard, leaves),
    faster(
      'treePlain',
      oursScalar,
      merkletreejs,
      `${leaves}; ${sameRoots(oursScalar, merkletreejs)}`,
    ),
    faster('treeKernel', oursBare, merkletreejs, `${leaves}; ${sameRoots(oursBare, merkletreejs)}`),
  ]
}

function faster(
  key: 'treeTime' | 'treeTyped' | 'treePlain' | 'treeKernel',
  ours: Measured,
  peer: Measured,
  note: string,
): Row {
  if ('failed' in ours) return unmeasured(key, ours.failed)
  if ('failed' in peer) return unmeasured(key, peer.failed)
  const sides = { ours: ours.medianMs, peer: peer.medianMs, unit: 'ms', note }
  return ratioRow(key, sides, peer.medianMs / ours.medianMs)
}

function memoryRow(ours: Measured, peer: Measured, note: string): Row {
  if ('failed' in ours) return unmeasured('treeMemory', ours.failed)
  if ('failed' in peer) return unmeasured('treeMemory', peer.failed)
  return ratioRow('treeMemory', {
    ours: ours.peakMb,
    peer: peer.peakMb,
    unit: 'MB',
    note: `${note}; whole processes, input and warm-up included`,
  })
}

function sameRoots(ours: Measured, peer: Measured): string {
  return measuredOf(ours).result === measuredOf(peer).result ? 'same root' : '**roots differ**'
}

function growthTable(bySize: readonly Sized[]): Finding {
  const sizes = bySize.map(({ size }) => numberText(size))
  return {
    title: 'Trees by size',
    notes:
      'Milliseconds (and megabytes of the whole process). The slope is that of a line through the logarithms: 1 is linear.',
    head: ['tree', ...sizes, 'slope'],
    lines: (Object.keys(sideNames) as Side[]).map((side) => {
      const cells = bySize.map(({ sides }) => {
        const measured = sides[side]
        if ('failed' in measured) return `not measured: ${measured.failed}`
        return `${numberText(measured.medianMs)} (${numberText(measured.peakMb)} MB)`
      })
      const points = bySize.flatMap(({ size, sides }) => {
        const measured = sides[side]
        return 'failed' in measured ? [] : [{ size, cost: measured.medianMs }]
      })
      return [sideNames[side], ...cells, points.length > 1 ? growth(points).toFixed(2) : '']
    }),
  }
}

function chartsOf(sides: Sides, size: number): readonly Chart[] {
  const shown: readonly Side[] = ['oursBare', 'merkletreejs', 'simple']
  const bars = (read: (side: Side) => number) =>
    shown
      .filter((side) => !('failed' in sides[side]))
      .map((side) => ({
        name: chartNames[side] ?? side,
        value: read(side),
        isOurs: side === 'oursBare',
      }))
  return [
    {
      file: 'tree-time.svg',
      title: `Time to build a tree of ${numberText(size)} leaves`,
      unit: 'ms',
      bars: bars((side) => measuredOf(sides[side]).medianMs),
    },
    {
      file: 'tree-memory.svg',
      title: `Memory of the process that builds a tree of ${numberText(size)} leaves`,
      unit: 'MB',
      bars: bars((side) => measuredOf(sides[side]).peakMb),
    },
  ]
}

const chartNames: Partial<Record<Side, string>> = {
  oursBare: 'Rootmark',
  merkletreejs: 'merkletreejs, hash-wasm',
  simple: '@openzeppelin/merkle-tree',
}
