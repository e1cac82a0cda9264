import { setImmediate as othersTurn } from 'node:timers/promises'
import { type Kysely, sql } from 'kysely'
import { identityHash } from '../core/credential.ts'
import type { HolderName } from '../core/holder-list.ts'
import type { BatchRow } from './batches.ts'
import { nativeHashes } from './native-hash.ts'
import { HttpProblem } from './problem.ts'
import type { CredentialStatus, Tables } from './tables.ts'

/** A credential that was found, for the name in this place. */
export interface FoundCredential {
  readonly item: number
  readonly statusIndex: number
  /** As it was asked for. */
  readonly status: CredentialStatus
  /** As the chain shows it. */
  readonly chainStatus: CredentialStatus
}

export interface LookupProblem {
  readonly item: number
  readonly code: 'credential_unknown' | 'holder_unknown' | 'holder_ambiguous'
  readonly message: string
}

export interface Lookup {
  readonly found: readonly FoundCredential[]
  readonly problems: readonly LookupProblem[]
}

/** Credentials of a batch that may be looked through for their holders. */
export const mostLookedThrough = 100_000
/** Addresses are kept as salted hashes alone: so many are computed for one request, about a second's worth. */
const mostHashes = 1_000_000
const page = 1_000

/** Finds the credentials of a batch that untrusted names are of. Throws `HttpProblem` where that takes too long. */
export async function lookUp(
  db: Kysely<Tables>,
  batch: Pick<BatchRow, 'id' | 'size'>,
  names: readonly HolderName[],
): Promise<Lookup> {
  refuseTooMany(batch, names)
  const byName = await holdersNamed(db, batch, names)
  const indexesOf = (name: HolderName) => {
    if ('statusIndex' in name) return name.statusIndex < batch.size ? [name.statusIndex] : []
    return byName.get(keyOf(name)) ?? []
  }
  const found: { readonly item: number; readonly statusIndex: number }[] = []
  const problems: LookupProblem[] = []
  for (const [item, name] of names.entries()) {
    const indexes = indexesOf(name)
    const [statusIndex] = indexes
    if (statusIndex !== undefined && indexes.length === 1) found.push({ item, statusIndex })
    else problems.push({ item, ...problemOf(name, indexes.length) })
  }
  const statuses = await statusesOf(
    db,
    batch.id,
    found.map(({ statusIndex }) => statusIndex),
  )
  return {
    found: found.flatMap((one) => {
      const status = statuses.get(one.statusIndex)
      return status ? [{ ...one, ...status }] : []
    }),
    problems,
  }
}

function keyOf(name: HolderName): string {
  const [[field, value] = []] = Object.entries(name)
  return `${field} ${value}`
}

function problemOf(name: HolderName, count: number): Omit<LookupProblem, 'item'> {
  const isItself = 'id' in name || 'statusIndex' in name
  const words = JSON.stringify(Object.values(name)[0]).slice(0, 80)
  if (isItself) {
    return { code: 'credential_unknown', message: `${words} is no credential of this batch` }
  }
  return count === 0
    ? { code: 'holder_unknown', message: `${words} holds no credential of this batch` }
    : {
        code: 'holder_ambiguous',
        message: `${words} holds ${count} credentials of this batch; name the one by its id`,
      }
}

function refuseTooMany({ size }: Pick<BatchRow, 'size'>, names: readonly HolderName[]): void {
  const isLooked = names.some((name) => !('id' in name || 'statusIndex' in name))
  const emails = names.filter((name) => 'email' in name).length
  if (isLooked && size > mostLookedThrough) {
    throw new HttpProblem(
      413,
      'lookup_too_large',
      `The batch has more than ${mostLookedThrough} credentials: name those that you mean by id or status index.`,
    )
  }
  if (emails * size <= mostHashes) return
  throw new HttpProblem(
    413,
    'lookup_too_large',
    `Of a batch with ${size} credentials at most ${Math.floor(mostHashes / size)} e-mail addresses are looked up at once; split the list.`,
  )
}

/** Status indexes by the key of what names them. */
async function holdersNamed(
  db: Kysely<Tables>,
  { id, size }: Pick<BatchRow, 'id' | 'size'>,
  names: readonly HolderName[],
): Promise<ReadonlyMap<string, readonly number[]>> {
  const indexes = new Map<string, number[]>()
  const note = (key: string, statusIndex: number) => {
    const known = indexes.get(key)
    if (known) known.push(statusIndex)
    else indexes.set(key, [statusIndex])
  }
  const uuids = names.flatMap((name) => ('id' in name ? [name.id] : []))
  if (uuids.length > 0) {
    const rows = await db
      .selectFrom('credentials')
      .select(['id', 'status_index'])
      .where('id', '=', sql<string>`any(string_to_array(${uuids.join()}, ',')::uuid[])`)
      .where('batch_id', '=', id)
      .execute()
    for (const row of rows) note(`id ${row.id}`, row.status_index)
  }
  const wanted = new Set(names.filter((name) => 'name' in name || 'did' in name).map(keyOf))
  const emails = new Set(names.flatMap((name) => ('email' in name ? [name.email] : [])))
  if (wanted.size === 0 && emails.size === 0) return indexes
  for (let first = 0; first < size; first += page) {
    for (const holder of await readHolders(db, id, first)) {
      for (const key of [`name ${holder.name}`, `did ${holder.did}`]) {
        if (wanted.has(key)) note(key, holder.statusIndex)
      }
      if (holder.hash === '') continue
      for (const email of emails) {
        if (identityHash(email, holder.salt, nativeHashes.hexOf) === holder.hash) {
          note(`email ${email}`, holder.statusIndex)
        }
      }
    }
    await othersTurn()
  }
  return indexes
}

interface Holder {
  readonly statusIndex: number
  readonly name: string
  readonly did: string
  readonly hash: string
  readonly salt: string
}

async function readHolders(
  db: Kysely<Tables>,
  batchId: string,
  first: number,
): Promise<readonly Holder[]> {
  const rows = await db
    .selectFrom('credentials')
    .select(['status_index', 'filled', 'document'])
    .where('batch_id', '=', batchId)
    .where('status_index', '>=', first)
    .where('status_index', '<', first + page)
    .execute()
  return rows.map(({ status_index: statusIndex, filled, document }) => {
    if (document !== null) return { statusIndex, ...holderIn(document) }
    const [name = '', did = '', hash = '', salt = ''] = (filled ?? '').split('\n')
    return { statusIndex, name: plain(name), did: plain(did), hash, salt }
  })
}

/** What JSON prints between quotation marks. */
function plain(inner: string): string {
  return inner.includes('\\') ? JSON.parse(`"${inner}"`) : inner
}

/** The holder in a document that was stored as a whole, once. */
function holderIn(document: string): Omit<Holder, 'statusIndex'> {
  const { credentialSubject: subject = {} } = JSON.parse(document)
  const identities: readonly Readonly<Record<string, unknown>>[] = [subject.identifier ?? []].flat()
  const of = (type: string) => identities.find(({ identityType }) => identityType === type) ?? {}
  return {
    name: String(of('name')['identityHash'] ?? ''),
    did: String(subject.id ?? ''),
    hash: String(of('emailAddress')['identityHash'] ?? ''),
    salt: String(of('emailAddress')['salt'] ?? ''),
  }
}

async function statusesOf(
  db: Kysely<Tables>,
  batchId: string,
  statusIndexes: readonly number[],
): Promise<ReadonlyMap<number, Pick<FoundCredential, 'status' | 'chainStatus'>>> {
  const rows = await db
    .selectFrom('credentials')
    .select(['status_index', 'status', 'chain_status'])
    .where('batch_id', '=', batchId)
    .where(
      'status_index',
      '=',
      sql<number>`any(string_to_array(${statusIndexes.join()}, ',')::integer[])`,
    )
    .execute()
  return new Map(
    rows.map((row) => [row.status_index, { status: row.status, chainStatus: row.chain_status }]),
  )
}
