import { randomBytes, randomUUID } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { parseAchievement, parseIssuer } from '../core/achievement.ts'
import { issueAwards } from '../core/award.ts'
import { type Batch, credentialAt } from '../core/batch.ts'
import { batchLines } from '../core/batch-file.ts'
import { contractAddresses } from '../core/deployment.ts'
import { isStatement } from '../core/equivalence.ts'
import { InvalidInputError } from '../core/error.ts'
import { parseJson } from '../core/json.ts'
import type { Learner } from '../core/learner.ts'
import { qualify } from '../core/qualify.ts'
import { isAbout } from '../core/same-holder.ts'
import { formatSeconds, parseTimestamp } from '../core/time.ts'
import { action, type Hre } from './action.ts'
import { fillFolder } from './batch-folder.ts'
import { leaveEndpoints } from './endpoint.ts'
import { inFile } from './in-file.ts'
import { parseBaseUrl, readAccount } from './issue.ts'
import { type Output, table } from './output.ts'
import { presentedFrom, readPathway } from './pathway-check.ts'
import { readRoster } from './roster-file.ts'

interface Arguments {
  readonly pathway: string
  readonly roster: string
  readonly components: string | undefined
  readonly issuer: string
  readonly account: string | undefined
  readonly chain: string | undefined
  readonly baseUrl: string | undefined
  readonly validFrom: string | undefined
  readonly validUntil: string | undefined
  readonly rpc: string | undefined
  readonly trust: string | undefined
  readonly out: string
  readonly dryRun: boolean
  readonly json: boolean
}

/** Learners and credentials that are compared at once; the service takes more in batches. */
const mostLearners = 1000

/**
 * Awards a pathway to every learner of a roster who qualifies by the credentials at hand, without a server: a batch file and a file for
 * each award, to be anchored like any other. With `--dry-run` it says who misses what, and writes nothing.
 */
export default action<Arguments>(async (args, hre, output) => {
  try {
    return await award(args, hre, output)
  } finally {
    leaveEndpoints()
  }
})

async function award(args: Arguments, hre: Hre, output: Output) {
  const pathway = await readPathway(args.pathway)
  const learners = await readLearners(args.roster)
  const validFrom = args.validFrom ?? formatSeconds(Date.now() / 1000)
  const at = parseTimestamp(validFrom, '/validFrom')
  const presented = await presentedFrom(placesOf(args.components), args, hre)
  const judged = learners.map((learner) => {
    const own = presented.filter(
      ({ document }) => isStatement(document) || isAbout(document, learner),
    )
    return { learner, result: qualify(pathway, learner, own, at) }
  })
  const qualified = judged.filter(({ result }) => result.outcome === 'met')
  const rows = judged.map(({ learner: { name }, result }) => {
    const { outcome, missing, counted } = result
    return { name, outcome, counted, missing, asides: result.asides, refused: result.refused }
  })
  tell(rows, output)
  if (args.dryRun) return { learners: rows }
  if (qualified.length === 0) {
    throw new InvalidInputError('nobody_qualifies', 'nobody of the roster fulfils the pathway')
  }
  const account = await readAccount(args, hre)
  const issuer = await inFile(args.issuer, async () =>
    parseIssuer(parseJson(await readFile(args.issuer))),
  )
  const batch = issueAwards(
    {
      id: randomUUID(),
      learners: qualified.map(({ learner }) => learner),
      achievement: parseAchievement(pathway.achievement),
      issuer,
      account,
      registry: contractAddresses.registry,
      baseUrl: parseBaseUrl(args.baseUrl, account.chainId),
      validFrom,
      validUntil: args.validUntil,
    },
    pathway,
    qualified.map(({ result }) => result.parts),
    (length) => new Uint8Array(randomBytes(length)),
  )
  const folder = join(resolve(args.out), batch.id)
  await fillFolder(folder, (partial) => write(partial, batch))
  const file = join(folder, 'batch.ndjson')
  const { id, root, target } = batch
  output.say(
    table([
      ['Awarded', `${batch.entries.length} times: ${pathway.name}`],
      ['Root', root],
      ['Batch file', `${file} (personal data and salts: keep it to yourself)`],
      ['Awards', join(folder, 'credentials')],
    ]),
  )
  output.say(
    `They count once the batch is anchored: npx hardhat anchor --batch ${file} --network …`,
  )
  const size = batch.entries.length
  return { id, ...target, root, size, folder, batch: file, learners: rows }
}

async function readLearners(path: string): Promise<readonly Learner[]> {
  const learners: Learner[] = []
  await readRoster(path, async (some) => {
    learners.push(...some)
    if (learners.length > mostLearners) {
      throw new InvalidInputError(
        'too_large',
        `the roster has more than ${mostLearners} learners; split it`,
      )
    }
  })
  return learners
}

function placesOf(text: string | undefined): readonly string[] {
  const places = (text ?? '').split(',').map((part) => part.trim())
  const named = places.filter((part) => part !== '')
  if (named.length > 0) return named
  throw new InvalidInputError(
    'components_missing',
    'say where the credentials of the learners are: --components with files, folders or URLs, separated by commas',
  )
}

async function write(folder: string, batch: Batch): Promise<void> {
  await writeFile(join(folder, 'batch.ndjson'), [...batchLines(batch)].join(''), { mode: 0o600 })
  await mkdir(join(folder, 'credentials'), { mode: 0o700 })
  for (const [i] of batch.entries.entries()) {
    const credential = credentialAt(batch, i)
    const name = `${String(credential['id']).replace('urn:uuid:', '')}.json`
    const text = `${JSON.stringify(credential, null, 2)}\n`
    await writeFile(join(folder, 'credentials', name), text, { mode: 0o600 })
  }
}

function tell(
  rows: readonly {
    readonly name: string
    readonly outcome: string
    readonly missing: readonly string[]
  }[],
  output: Output,
): void {
  const said = rows.map(({ name, outcome, missing }) => {
    const words = outcome === 'met' ? 'qualifies' : `misses ${missing.join('; ')}`
    return [name, outcome === 'undecided' ? 'could not be decided' : words] as const
  })
  output.say(table(said))
}
