import { randomBytes, randomUUID } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { extname, resolve } from 'node:path'
import { checksumAddress } from '../core/abi.ts'
import { parseAchievement, parseIssuer } from '../core/achievement.ts'
import { issueBatch } from '../core/batch.ts'
import { contractAddresses } from '../core/deployment.ts'
import type { Account } from '../core/did.ts'
import { InvalidInputError } from '../core/error.ts'
import { parseJson } from '../core/json.ts'
import type { Learner } from '../core/learner.ts'
import { parseRoster, type RosterFormat, refuseProblems } from '../core/roster.ts'
import { formatSeconds } from '../core/time.ts'
import { action, type Hre } from './action.ts'
import { writeBatch } from './batch-folder.ts'
import { table } from './output.ts'
import { accountOf, openSession } from './session.ts'

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
  readonly json: boolean
}

const localChain = 31337
const maxRosterBytes = 256_000_000

/** Issues credentials to the learners of a roster, without a server or a chain: a batch file and a credential for each. */
export default action<Arguments>(async (args, hre, output) => {
  const learners = await readRoster(args.roster)
  const achievement = parseAchievement(await readJson(args.achievement))
  const issuer = parseIssuer(await readJson(args.issuer))
  const account = await readAccount(args, hre)
  const batch = issueBatch(
    {
      id: randomUUID(),
      learners,
      achievement,
      issuer,
      account,
      registry: contractAddresses.registry,
      baseUrl: parseBaseUrl(args.baseUrl, account.chainId),
      validFrom: args.validFrom ?? formatSeconds(Date.now() / 1000),
      validUntil: args.validUntil,
    },
    randomBytes,
  )
  const written = await writeBatch(batch, resolve(args.out), output)
  output.say(
    table([
      ['Issued', `${batch.entries.length} credentials: ${achievement.name}`],
      ['Issuer', `${issuer.name} (${account.address})`],
      ['Chain', String(account.chainId)],
      ['Root', batch.root],
      ['Batch file', `${written.batch} (personal data and salts: keep it to yourself)`],
      ['Credentials', written.credentials],
    ]),
  )
  output.say(
    `They count once the batch is anchored: npx hardhat anchor --batch ${written.batch} --network …`,
  )
  return { id: batch.id, ...batch.target, root: batch.root, size: batch.entries.length, ...written }
})

async function readRoster(path: string): Promise<readonly Learner[]> {
  const formats: Readonly<Record<string, RosterFormat>> = {
    '.csv': 'csv',
    '.json': 'json',
    '.ndjson': 'ndjson',
    '.jsonl': 'ndjson',
  }
  const format = formats[extname(path).toLowerCase()]
  if (!format) {
    throw new InvalidInputError(
      'roster_format',
      `${path} is neither .csv nor .json nor .ndjson: name the roster after its format`,
    )
  }
  const { size } = await stat(path)
  if (size > maxRosterBytes) {
    throw new InvalidInputError(
      'too_large',
      `${path} has ${size} bytes; at most ${maxRosterBytes} are read: split the roster`,
    )
  }
  return inFile(path, async () => refuseProblems(parseRoster(await readFile(path), format)))
}

function readJson(path: string): Promise<unknown> {
  return inFile(path, async () => parseJson(await readFile(path)))
}

/** Says which of several files an error is about. */
async function inFile<T>(path: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (thrown) {
    if (!(thrown instanceof InvalidInputError)) throw thrown
    throw new InvalidInputError(thrown.code, `${path}: ${thrown.message}`, thrown.pointer)
  }
}

/** The account that will anchor: named, or the network's own. */
async function readAccount({ account, chain }: Arguments, hre: Hre): Promise<Account> {
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

function parseBaseUrl(text: string | undefined, chainId: number): string {
  if (text === undefined && chainId === localChain) return 'http://127.0.0.1:3000'
  const isWeb = text !== undefined && /^https?:\/\//i.test(text) && URL.canParse(text)
  if (isWeb && new URL(text).search === '' && new URL(text).hash === '') return text
  throw new InvalidInputError(
    'base_url',
    'give --base-url: the https address below which your status lists will be published; it becomes part of every credential',
  )
}
