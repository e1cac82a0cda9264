import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { verifyBadge } from '../core/baked.ts'
import type { JsonObject } from '../core/canonical.ts'
import { isCarrying, openCarried } from '../core/carried.ts'
import { contractAddresses } from '../core/deployment.ts'
import { InvalidInputError } from '../core/error.ts'
import { parseJson } from '../core/json.ts'
import { parseReceipt, receiptChain, receiptLimits } from '../core/receipt.ts'
import type { Report } from '../core/report.ts'
import { parseTrust, type Trust } from '../core/trust.ts'
import { type VerifyOptions, verifyBytes } from '../core/verify.ts'
import { createVerifyMany, type VerifyNext } from '../core/verify-many.ts'
import { withAllowance } from '../documents/allowance.ts'
import { openPinnedDocuments } from '../documents/pinned-documents.ts'
import { createDocumentReader, type ReadDocument } from '../documents/reader.ts'
import { type Hre, reportFailure } from './action.ts'
import {
  checkPresentation,
  describePresentation,
  type PresentationAnswer,
  presentationIn,
} from './check-presentation.ts'
import { readCredentialBytes } from './credential-file.ts'
import { leaveEndpoints, openChains, openProvedChains, requireBlockHash } from './endpoint.ts'
import { explain, type Failure } from './failure.ts'
import { readMigrationFiles } from './migration-files.ts'
import { outputFor, printJson } from './output.ts'
import { describeReport } from './report-text.ts'

export interface CheckArguments {
  readonly credentials: readonly string[]
  readonly rpc: string | undefined
  readonly quorum: number
  readonly trust: string | undefined
  readonly migration: string | undefined
  readonly proof: boolean
  readonly blockHash: string | undefined
  readonly offline: boolean
  readonly json: boolean
}

/** What came of one credential: a report, or why there is none; or of a presentation itself. */
type Answer =
  | { readonly file: string; readonly report: Report }
  | { readonly file: string; readonly presentation: PresentationAnswer }
  | { readonly file: string; readonly error: Failure; readonly isMalformed: boolean }

const exitCodes = { valid: 0, invalid: 1, indeterminate: 2 } as const

/**
 * Checks credentials and says why. Exit code 0: all are valid; 1: one is invalid or not well-formed; 2: one could not be checked.
 *
 * So 1 is always a statement about a credential, and never about a file, an endpoint or a setting.
 */
export default async function check(args: CheckArguments, hre: Hre): Promise<void> {
  try {
    const options = await readOptions(args, hre)
    const answers: Answer[] = []
    const checkOne = args.offline
      ? offlineCheck(args.blockHash)
      : onlineCheck(filesOf(args).length, options)
    for (const file of filesOf(args)) answers.push(...(await checkOne(file, options)))
    tell(answers, args.json)
    const codes = answers.map(exitCodeOf)
    process.exitCode = codes.find((code) => code === exitCodes.invalid) ?? Math.max(...codes)
  } catch (thrown) {
    reportFailure(thrown, args.json, hre)
    process.exitCode = exitCodes.indeterminate
  } finally {
    leaveEndpoints()
  }
}

function filesOf({ credentials }: CheckArguments): readonly string[] {
  if (credentials.length > 0) return credentials
  if (!process.stdin.isTTY) return ['-']
  throw new InvalidInputError(
    'credential_missing',
    'name a credential file: npx hardhat check credential.json',
  )
}

/** What a verification reads and trusts, by the options of the command. */
export async function readOptions(args: CheckArguments, hre: Hre): Promise<VerifyOptions> {
  const { trust, migration } = args
  return {
    readers: {
      chain: await openReaders(args, hre),
      document: await openDocuments(process.env['PINNED_DOCUMENTS_DIR'], args.offline),
      ...(migration !== undefined && { migrations: await readMigrationFiles(migration) }),
    },
    trust: await readTrust(trust ?? join(hre.config.paths.root, 'trust.json')),
    now: Date.now(),
  }
}

/** Who gives the hash of a block wants what follows from it, so that means proofs, too. */
async function openReaders({ rpc, quorum, proof, blockHash, offline }: CheckArguments, hre: Hre) {
  if (offline) return () => undefined
  return proof || blockHash !== undefined
    ? (await openProvedChains(rpc, hre, quorum, blockHash))()
    : openChains(rpc, hre, quorum)
}

/** The same guarded reader that the service has; `directory` holds documents that are read instead of asking the network. */
async function openDocuments(
  directory: string | undefined,
  offline: boolean,
): Promise<ReadDocument> {
  const pinned = directory ? await openPinnedDocuments(directory) : undefined
  const fetch = async () => {
    throw new Error('was not fetched, because of --offline; keep it in PINNED_DOCUMENTS_DIR')
  }
  return createDocumentReader({ pinned, ...(offline && { fetch }) }, Date.now)
}

/** Reads a trust file; throws `InvalidInputError` with its path. */
export async function readTrust(path: string): Promise<Trust> {
  const text = await readFile(path)
  try {
    return parseTrust(parseJson(text), contractAddresses)
  } catch (thrown) {
    if (!(thrown instanceof InvalidInputError)) throw thrown
    throw new InvalidInputError(thrown.code, `${path}: ${thrown.message}`, thrown.pointer)
  }
}

/** Where there are several, those of one batch share what is read of the chain, for a second. */
function onlineCheck(count: number, options: VerifyOptions) {
  const { readers, trust } = options
  // Whoever wrote a file decides how many documents it names.
  const readersFor = () => ({ ...readers, document: withAllowance(readers.document) })
  const verify: VerifyNext =
    count > 1
      ? createVerifyMany({ readersFor, trust, clock: Date.now })
      : (bytes) => verifyBadge(bytes, { ...options, readers: readersFor() })
  return async (file: string): Promise<readonly Answer[]> => {
    try {
      const bytes = await readCarried(file)
      const presentation = await presentationIn(bytes)
      if (presentation) {
        return answersOf(file, presentation, { ...options, readers: readersFor() })
      }
      return [{ file, report: await verify(bytes) }]
    } catch (thrown) {
      return [{ file, error: explain(thrown), isMalformed: thrown instanceof InvalidInputError }]
    }
  }
}

/** Of a presentation: what it is worth by itself, and each credential in it. */
async function answersOf(
  file: string,
  presentation: JsonObject,
  options: VerifyOptions,
): Promise<readonly Answer[]> {
  const { answer, presented } = await checkPresentation(presentation, options)
  const credentials = presented.credentials.map(({ report, told }): Answer => {
    const place = `${file}#${told.pointer}`
    if (report) return { file: place, report }
    const error = { code: told.reason, message: told.summary, pointer: told.pointer }
    return { file: place, error, isMalformed: told.verdict === 'invalid' }
  })
  return [{ file, presentation: answer }, ...credentials]
}

/** What a printed code says may stand in a file, or in place of one: then nobody is asked for it. */
async function readCarried(file: string): Promise<Uint8Array> {
  if (isCarrying(file)) return openCarried(file)
  const bytes = await readCredentialBytes(file)
  const head = new TextDecoder().decode(bytes.subarray(0, 8192))
  return isCarrying(head) ? openCarried(new TextDecoder().decode(bytes)) : bytes
}

/** Checks receipts without a network. What is wrong with a receipt says nothing about the credential. */
function offlineCheck(blockHash: string | undefined) {
  if (blockHash === undefined) {
    throw new InvalidInputError(
      'block_hash_missing',
      'name the block that you trust: --block-hash 0x…, from a node of yours or a source that you believe',
    )
  }
  requireBlockHash(blockHash)
  return async (file: string, options: VerifyOptions): Promise<readonly Answer[]> => {
    try {
      const receipt = parseReceipt(await readCredentialBytes(file, receiptLimits.bytes))
      const chain = await receiptChain(receipt, blockHash)
      const readers = { ...options.readers, chain: () => chain }
      // Parsed again, within the bounds of a credential.
      const text = JSON.stringify(receipt.credential)
      return [{ file, report: await verifyBytes(text, { ...options, readers }) }]
    } catch (thrown) {
      return [{ file, error: explain(thrown), isMalformed: false }]
    }
  }
}

function exitCodeOf(answer: Answer): number {
  if ('report' in answer) return exitCodes[answer.report.verdict]
  if ('presentation' in answer) return exitCodes[answer.presentation.verdict]
  return answer.isMalformed ? exitCodes.invalid : exitCodes.indeterminate
}

/** One credential is told as its report, several as a list of them. */
function tell(answers: readonly Answer[], isJson: boolean): void {
  const { say } = outputFor(isJson)
  const documents = answers.map((answer) => {
    if ('report' in answer) return { file: answer.file, report: answer.report }
    if ('presentation' in answer) return answer
    return { file: answer.file, error: answer.error }
  })
  const [only] = documents
  const isOne = documents.length === 1 && only && !('presentation' in only)
  if (isJson && isOne) printJson('report' in only ? only.report : { error: only.error })
  else if (isJson) printJson(documents)
  for (const answer of isJson ? [] : answers) {
    if (answers.length > 1) say(`${answer.file}:`)
    if ('report' in answer) say(describeReport(answer.report))
    else if ('presentation' in answer) say(describePresentation(answer.presentation))
    else say(describeError(answer))
    if (answers.length > 1) say()
  }
}

function describeError({
  error,
  isMalformed,
}: Extract<Answer, { readonly error: Failure }>): string {
  const verdict = isMalformed ? 'NOT A CREDENTIAL' : 'NOT CHECKED'
  return `${verdict}: ${error.message}${error.pointer ? ` (at ${error.pointer})` : ''} [${error.code}]`
}
