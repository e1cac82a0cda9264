import { checksumAddress } from '../core/abi.ts'
import { unbake } from '../core/baked.ts'
import { fromHex, toHex } from '../core/bytes.ts'
import { digestOf } from '../core/digest.ts'
import { InvalidInputError } from '../core/error.ts'
import { isObject } from '../core/i-json.ts'
import { parseJson } from '../core/json.ts'
import type { NamedCredentials } from '../core/named-credentials.ts'
import { parseProofs } from '../core/proof.ts'
import { leafOf, rootFrom } from '../core/tree-path.ts'
import { readBatch } from './batch-source.ts'
import { readCredentialBytes } from './credential-file.ts'
import { findListed, indexesIn, readList } from './listed-credentials.ts'
import { accountOf, requireChain, type Session } from './session.ts'

/** How a person names credentials of anchored batches. */
export interface SelectionArguments {
  readonly credentials: readonly string[]
  readonly batch: string | undefined
  readonly root: string | undefined
  readonly index: string | undefined
  /** Files that list credentials, or `-`. */
  readonly ids: string | undefined
  readonly indexes: string | undefined
  readonly issuer: string | undefined
  readonly account: string | undefined
}

/** Status indexes of one anchored batch. */
export interface Selection {
  readonly issuer: string
  readonly root: string
  readonly statusIndexes: readonly number[]
}

/** The credentials that the arguments name, by batch: credential files, or a batch file or root with `--index`. */
export async function readSelections(
  args: SelectionArguments,
  session: Session,
): Promise<readonly Selection[]> {
  if (args.credentials.length > 0) return readCredentials(args.credentials, session)
  const list = args.ids ?? args.indexes
  if (list !== undefined) return [await readListed(await readList(list), args, session)]
  if (args.index === undefined) {
    throw new InvalidInputError(
      'credentials_missing',
      'name credential files, or a batch (--batch file or --root 0x…) with --index, for example 3,17,40-45, or with a list: --ids file or --indexes file',
    )
  }
  return [{ ...(await readBatchName(args, session)), statusIndexes: parseIndexes(args.index) }]
}

/** The credentials of a list: ids are looked up in the batch file. */
async function readListed(
  list: NamedCredentials,
  args: SelectionArguments,
  session: Session,
): Promise<Selection> {
  if (args.batch === undefined) {
    const statusIndexes = indexesIn(list, args.ids ?? args.indexes ?? '')
    return { ...(await readBatchName(args, session)), statusIndexes }
  }
  const { target, root, statusIndexes } = await findListed(args.batch, list)
  requireChain(session, target.chainId, 'the batch')
  return { issuer: target.issuer, root, statusIndexes }
}

/** The batch that `--batch`, `--root` or a credential file of it names. */
export async function readBatchName(
  {
    batch,
    root,
    issuer,
    account,
    credentials,
  }: Omit<SelectionArguments, 'index' | 'ids' | 'indexes'>,
  session: Session,
): Promise<Pick<Selection, 'issuer' | 'root'>> {
  if (batch !== undefined) {
    const { target, root: computed } = await readBatch(batch, process.env['ROOTMARK_API_KEY'])
    requireChain(session, target.chainId, 'the batch')
    return { issuer: target.issuer, root: computed }
  }
  if (root !== undefined) {
    return {
      issuer:
        issuer === undefined ? accountOf(session, account) : checksumAddress(issuer, '--issuer'),
      root: toHex(fromHex(root, 32, '--root')),
    }
  }
  const [selection] = await readCredentials(credentials.slice(0, 1), session)
  if (selection) return selection
  throw new InvalidInputError(
    'batch_missing',
    'name the batch: --batch file, --root 0x… or one of its credentials',
  )
}

async function readCredentials(
  files: readonly string[],
  session: Session,
): Promise<readonly Selection[]> {
  const selections = new Map<string, Selection>()
  for (const file of files) {
    const { issuer, root, statusIndex } = await readCredential(file, session)
    const known = selections.get(issuer + root)?.statusIndexes ?? []
    selections.set(issuer + root, { issuer, root, statusIndexes: [...known, statusIndex] })
  }
  return [...selections.values()]
}

/** Batch and index that a credential's own proof leads to; an altered credential leads to a batch that nobody anchored. */
async function readCredential(file: string, session: Session) {
  const document = parseJson(await unbake(await readCredentialBytes(file)))
  const proof = isObject(document) ? parseProofs(document).anchor : undefined
  if (!isObject(document) || !proof) {
    throw new InvalidInputError(
      'anchor_missing',
      `${file} carries no anchor proof: name it by --root and --index`,
    )
  }
  requireChain(session, proof.chainId, file)
  const leaf = leafOf(digestOf(document, proof.salt), proof.statusIndex)
  return {
    issuer: proof.issuer,
    root: toHex(rootFrom(leaf, proof.siblings)),
    statusIndex: proof.statusIndex,
  }
}

const maxIndex = 2 ** 32

/** Status indexes as `--index` names them: numbers and ranges. */
export function parseIndexes(text: string): readonly number[] {
  return text.split(',').flatMap((part) => {
    const [, from, to = from] = /^\s*(\d{1,10})(?:-(\d{1,10}))?\s*$/.exec(part) ?? []
    const first = Number(from)
    const last = Number(to)
    if (from !== undefined && first <= last && last < maxIndex && last - first < 1_000_000) {
      return Array.from({ length: last - first + 1 }, (_, i) => first + i)
    }
    throw new InvalidInputError(
      'status_index_malformed',
      `${JSON.stringify(part)} is not a status index: give --index numbers and ranges, for example 3,17,40-45`,
    )
  })
}
