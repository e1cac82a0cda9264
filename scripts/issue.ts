import { randomBytes, randomUUID } from 'node:crypto'
import { mkdir, readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { checksumAddress } from '../core/abi.ts'
import { parseAchievement, parseIssuer } from '../core/achievement.ts'
import { checkTerms } from '../core/batch.ts'
import type { BatchTerms } from '../core/credential.ts'
import { contractAddresses } from '../core/deployment.ts'
import type { Account } from '../core/did.ts'
import { InvalidInputError } from '../core/error.ts'
import { refuseHeavyImage } from '../core/image-weight.ts'
import { parseJson } from '../core/json.ts'
import { uuidUrn } from '../core/making.ts'
import { formatSeconds } from '../core/time.ts'
import { action, type Hre } from './action.ts'
import { fillFolder } from './batch-folder.ts'
import { makeBatch } from './batch-making.ts'
import { writeCredentials } from './credential-files.ts'
import { inFile } from './in-file.ts'
import { type Output, table } from './output.ts'
import { readRoster } from './roster-file.ts'
import { accountOf, openSession } from './session.ts'
import { openShuffle } from './shuffle.ts'

interface Arguments {
  readonly roster: string
  readonly achievement: string
  readonly issuer: string
  readonly account: string | undefined
  readonly chain: string | undefined
  readonly baseUrl: string | undefined
  readonly validFrom: string | undefined
  readonly validUntil: string | undefined
  readonly out: string
  readonly gzip: boolean
  readonly credentials: string | undefined
  readonly json: boolean
}

const localChain = 31337
/** A folder of more files than that is slow to look into; a batch file is not. */
const mostFiles = 10_000

/** Issues credentials to the learners of a roster, without a server or a chain: a batch file, and a file for each credential where they are few. */
export default action<Arguments>(async (args, hre, output) => {
  const choice = parseChoice(args.credentials)
  const terms = await readTerms(args, hre)
  checkTerms(terms, {}) // Before a roster of a million is read.
  const folder = join(resolve(args.out), terms.batchId)
  const made = await fillFolder(folder, (partial) => make(partial, terms, choice, args, output))
  const { id, target, size, root } = made.summary
  const batch = join(folder, made.name)
  const credentials = made.hasFiles ? join(folder, 'credentials') : undefined
  output.say(
    table([
      ['Issued', `${size} credentials: ${terms.achievement.name}`],
      ['Issuer', `${terms.issuer.name} (${target.issuer})`],
      ['Chain', String(target.chainId)],
      ['Root', root],
      ['Batch file', `${batch} (personal data and salts: keep it to yourself)`],
      ['Credentials', credentials ?? `in the batch file: npx hardhat credentials --batch ${batch}`],
    ]),
  )
  output.say(
    `They count once the batch is anchored: npx hardhat anchor --batch ${batch} --network …`,
  )
  return { id, ...target, root, size, folder, batch, ...(credentials && { credentials }) }
})

async function make(
  folder: string,
  terms: BatchTerms,
  choice: 'all' | 'none' | undefined,
  { roster, gzip }: Arguments,
  output: Output,
) {
  const name = gzip ? 'batch.ndjson.gz' : 'batch.ndjson'
  const source = join(folder, name)
  const shuffle = openShuffle(folder)
  try {
    const { count, times } = await readRoster(roster, shuffle.take)
    checkTerms(terms, times)
    refuseHeavyImage(terms.achievement, count)
    const progress = output.progress('Batch file', count)
    const target = { path: source, isZipped: gzip }
    const making = makeBatch(terms, shuffle.piles(), count, target, progress)
    const summary = await making.finally(progress.stop)
    const hasFiles = choice === undefined ? count <= mostFiles : choice === 'all'
    if (hasFiles) {
      await mkdir(join(folder, 'credentials'), { mode: 0o700 })
      const known = { source, apiKey: undefined, summary }
      await writeCredentials(known, undefined, join(folder, 'credentials'), output)
    }
    return { summary, name, hasFiles }
  } finally {
    await shuffle.close()
  }
}

async function readTerms(args: Arguments, hre: Hre): Promise<BatchTerms> {
  const achievement = parseAchievement(await readJson(args.achievement))
  const issuer = parseIssuer(await readJson(args.issuer))
  const account = await readAccount(args, hre)
  return {
    batchId: randomUUID(),
    achievement: { ...achievement, id: achievement.id ?? uuidUrn(randomBytes) },
    issuer,
    account,
    registry: contractAddresses.registry,
    baseUrl: parseBaseUrl(args.baseUrl, account.chainId).replace(/\/+$/, ''),
    validFrom: args.validFrom ?? formatSeconds(Date.now() / 1000),
    validUntil: args.validUntil,
  }
}

function readJson(path: string): Promise<unknown> {
  return inFile(path, async () => parseJson(await readFile(path)))
}

function parseChoice(text: string | undefined): 'all' | 'none' | undefined {
  if (text === undefined || text === 'all' || text === 'none') return text
  throw new InvalidInputError(
    'credentials_choice',
    `${text} is no choice: give --credentials all to have a file for each, or --credentials none`,
  )
}

/** The account that will anchor: named, or the network's own. */
export async function readAccount(
  { account, chain }: Pick<Arguments, 'account' | 'chain'>,
  hre: Hre,
): Promise<Account> {
  if (chain !== undefined && !/^[1-9]\d{0,14}$/.test(chain)) {
    throw new InvalidInputError(
      'chain_malformed',
      `${chain} is not a chain id: give --chain in digits, for example 11155111`,
    )
  }
  if (account !== undefined && chain !== undefined) {
    return { chainId: Number(chain), address: checksumAddress(account, '--account') }
  }
  if (hre.globalOptions.network === undefined) {
    throw new InvalidInputError(
      'account_missing',
      'say who will anchor the batch and where: --account 0x… with --chain, or --network',
    )
  }
  const session = await openSession(hre)
  const address =
    account === undefined ? accountOf(session, undefined) : checksumAddress(account, '--account')
  return { chainId: chain === undefined ? session.chainId : Number(chain), address }
}

export function parseBaseUrl(text: string | undefined, chainId: number): string {
  if (text === undefined && chainId === localChain) return 'http://127.0.0.1:3000'
  const isWeb = text !== undefined && /^https?:\/\//i.test(text) && URL.canParse(text)
  if (isWeb && new URL(text).search === '' && new URL(text).hash === '') return text
  throw new InvalidInputError(
    'base_url',
    'give --base-url: the https address below which your status lists will be published; it becomes part of every credential',
  )
}
