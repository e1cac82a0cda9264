import { readFile } from 'node:fs/promises'
import { type Batch, credentialAt } from '../../core/batch.ts'
import { parseBatchFile } from '../../core/batch-file.ts'
import { InvalidInputError } from '../../core/error.ts'
import type { Report } from '../../core/report.ts'
import { type VerifyOptions, verifyBytes, verifyCredential } from '../../core/verify.ts'
import { withAllowance } from '../../documents/allowance.ts'
import type { Output } from '../output.ts'
import type { BatchAtHand } from './batches.ts'
import type { AnchoredBatch } from './chain.ts'
import type { Finding, Scope } from './findings.ts'
import { heldFiles, judgeHeld } from './held.ts'
import type { RebuiltBatch } from './rebuild.ts'
import { drawSample, type SampleTerms } from './sample.ts'

/** What was verified one by one, as any verifier does it. */
export interface CheckedCredentials {
  /** Credentials as holders have them: all that were handed over. */
  readonly ofHolders: number
  /** Credentials in the batch files of anchored batches, and how many of them were drawn. */
  readonly inFiles: number
  readonly drawn: number
  /** From which they were drawn; absent where all were taken. */
  readonly seed?: string
  /** How they stand: `active`, `revoked`, `suspended`, `withdrawn`, `expired`, `not_yet_valid`. */
  readonly standings: Readonly<Record<string, number>>
}

interface Verified {
  readonly checked: CheckedCredentials
  readonly findings: readonly Finding[]
  readonly unread: readonly Finding[]
  readonly notes: readonly Finding[]
}

/** What is at hand: batch files, and paths of holders' credentials. */
interface AtHand {
  readonly files: readonly BatchAtHand[]
  readonly holders: string | undefined
}

const atOnce = 8

/** Verifies the credentials of holders and those drawn from batch files, with the verification that all of Rootmark shares. */
export async function verifyCredentials(
  { files, holders }: AtHand,
  anchored: readonly AnchoredBatch[],
  scope: Scope,
  { size, seed }: SampleTerms & { readonly seed: string },
  options: VerifyOptions,
  output: Output,
): Promise<Verified> {
  const byRoot = new Map(anchored.map((batch) => [batch.root, batch]))
  const standings: Record<string, number> = {}
  const findings: Finding[] = []
  const unread: Finding[] = []
  const notes: Finding[] = []
  const settle = (report: Report, place: Partial<Finding>, isHeld: boolean) => {
    const note = noteOnAge(report)
    if (note) notes.push({ ...note, ...place })
    const judged = judge(report, isHeld)
    if ('standing' in judged) standings[judged.standing] = (standings[judged.standing] ?? 0) + 1
    else (judged.isFinding ? findings : unread).push({ ...judged.told, ...place })
  }
  const verify = <T>(run: (options: VerifyOptions) => T): T => {
    // Whoever wrote a credential decides how many documents it names.
    const document = withAllowance(options.readers.document)
    return run({ ...options, readers: { ...options.readers, document } })
  }

  const held = await heldFiles(holders)
  for (const file of held) {
    const bytes = await readFile(file)
    const found = judgeHeld(bytes, byRoot, scope, options.now)
    findings.push(...found.map((finding) => ({ ...finding, file })))
    // What is wrong already need not be told twice.
    if (found.length === 0) settle(await verify((each) => verifyBytes(bytes, each)), { file }, true)
  }

  const candidates = new Map(
    files.flatMap((each) =>
      'batch' in each && byRoot.has(each.batch.root) && isWhole(each.batch)
        ? [[each.batch.root, each]]
        : [],
    ),
  )
  const batches = [...candidates.values()].map(({ batch }) => batch)
  const inFiles = batches.reduce((sum, batch) => sum + batch.size, 0)
  const drawn = drawSample(batches, size, seed)
  const progress = output.progress('Credentials', drawn.length)
  for (const [root, some] of Map.groupBy(drawn, (each) => each.root)) {
    const { file } = candidates.get(root) as { readonly file: string }
    const { sequence } = byRoot.get(root) as AnchoredBatch
    const place = { file, root, sequence }
    const batch = await parse(file)
    if (batch instanceof InvalidInputError) {
      const message = `It is not a batch file as issued: ${batch.message}.`
      findings.push({ code: batch.code, message, ...place })
      continue
    }
    for (let first = 0; first < some.length; first += atOnce) {
      const part = some.slice(first, first + atOnce)
      const reports = await Promise.all(
        part.map(({ statusIndex }) =>
          verify((each) => verifyCredential(credentialAt(batch, statusIndex), each)),
        ),
      )
      for (const [i, report] of reports.entries()) {
        settle(named(report, part[i]?.statusIndex ?? 0), place, false)
      }
      progress.step(part.length)
    }
  }
  progress.stop()
  const isSample = drawn.length < inFiles
  const counts = { ofHolders: held.length, inFiles, drawn: drawn.length }
  const checked = { ...counts, ...(isSample && { seed }), standings }
  return { checked, findings, unread: grouped(unread), notes: grouped(notes) }
}

/** What is wrong with a header is told of the file already, and no credential can be read from it. */
function isWhole({ root, size, statedRoot, statedSize }: RebuiltBatch): boolean {
  return root === statedRoot && size === statedSize
}

async function parse(file: string): Promise<Batch | InvalidInputError> {
  try {
    return parseBatchFile(await readFile(file, 'utf8'))
  } catch (thrown) {
    if (thrown instanceof InvalidInputError) return thrown
    throw thrown
  }
}

function named(report: Report, statusIndex: number): Report {
  const tell = (message: string) => `The credential at status index ${statusIndex}: ${message}`
  return {
    ...report,
    checks: report.checks.map((check) => ({ ...check, message: tell(check.message) })),
  }
}

/** What the issuer may do to a credential, and what time does: no fault, but told. */
const endings = ['revoked', 'superseded', 'suspended', 'withdrawn', 'expired', 'not_yet_valid']

type Judged =
  | { readonly standing: string }
  | { readonly isFinding: boolean; readonly told: Pick<Finding, 'code' | 'message'> }

/** Told of the batch. */
const toldOfBatch = [
  'issuer_unknown',
  'accreditor_not_in_force',
  'accreditation_withdrawn',
  'accreditation_not_begun',
  'accreditation_ended',
]

/** A credential in a batch file has no signature yet that could bind its issuer. */
function judge({ checks }: Report, isHeld: boolean): Judged {
  const counted = checks.filter(
    ({ code }) => !toldOfBatch.includes(code) && (isHeld || code !== 'issuer_unresolvable'),
  )
  const wrong = counted.find(
    ({ outcome, code }) => outcome === 'invalid' && !endings.includes(code),
  )
  if (wrong) return { isFinding: true, told: { code: wrong.code, message: wrong.message } }
  const open = counted.find(({ outcome }) => outcome === 'indeterminate')
  if (open) return { isFinding: false, told: { code: open.code, message: open.message } }
  const ended = counted.find(({ outcome }) => outcome === 'invalid')
  return { standing: ended?.code ?? 'active' }
}

const yearMs = 366 * 86_400_000

/** A credential may say that it holds since long before it was anchored; only since the anchor is it shown that it existed. */
function noteOnAge({ credential, anchor }: Report): Pick<Finding, 'code' | 'message'> | undefined {
  if (!credential || !anchor) return undefined
  const [from, anchored] = [Date.parse(credential.validFrom), Date.parse(anchor.anchoredAt)]
  if (!(anchored - from > yearMs)) return undefined
  const message = `“${credential.name ?? 'A credential'}” says that it is valid from ${credential.validFrom}, and was anchored at ${anchor.anchoredAt}: that it existed before is its issuer’s word alone.`
  return { code: 'validity_predates_anchor', message }
}

/** What is told of many credentials of a batch is said once. */
function grouped(told: readonly Finding[]): readonly Finding[] {
  const groups = Map.groupBy(told, ({ code, root, file }) => `${code} ${root} ${file}`)
  return [...groups.values()].flatMap(([first, ...others]) => {
    if (!first || others.length === 0) return first ?? []
    return {
      ...first,
      message: `${first.message} So it is with ${others.length} more of its batch.`,
    }
  })
}
