import { getBytes, Interface, type Result } from 'ethers'
import { checksumAddress } from '../core/abi.ts'
import { accreditationAbi } from '../core/accreditation.ts'
import { formatSeconds } from '../core/time.ts'
import { readView } from './contracts.ts'
import { type Output, table } from './output.ts'
import { explainScope } from './scope-text.ts'
import type { Session } from './session.ts'

/** What an accreditor states about an account. Times are in seconds; `validUntil` is 0 for an open end. */
export interface Statement {
  readonly subject: string
  readonly validFrom: number
  readonly validUntil: number
  readonly maySubaccredit: boolean
  readonly profileHash: string
  readonly scope: string
  readonly name: string
  readonly did: string
}

/** A statement on record. `withdrawnAt` is in seconds, 0 while it stands. */
export interface AccreditationRecord {
  readonly index: number
  readonly recordedAt: number
  readonly withdrawnAt: number
  readonly statement: Statement
}

const page = 50

/** Texts as bytes, which ABI encodes alike: a record may hold some that are no UTF-8, and ethers gives none of it then. */
const pages = new Interface(
  accreditationAbi
    .filter((line) => line.startsWith('function accreditations'))
    .map((line) => line.replaceAll('string ', 'bytes ')),
)

/** All that one accreditor says about one subject, oldest first. */
export function readAccreditationsOf(
  session: Session,
  to: string,
  accreditor: string,
  subject: string,
) {
  return readPages(session, to, 'accreditationsOf', [accreditor, subject])
}

/** Shows an accreditor's whole list. */
export async function listAccreditations(
  session: Session,
  to: string,
  accreditor: string,
  output: Output,
) {
  const account = checksumAddress(accreditor)
  const records = await readPages(session, to, 'accreditations', [account])
  if (records.length === 0) output.say(`${account} accredits nobody on chain ${session.chainId}.`)
  for (const record of records) output.say(describeRecord(record))
  return { accreditor: account, chainId: session.chainId, accreditations: records }
}

/** A record in a few lines. */
export function describeRecord({ index, withdrawnAt, statement }: AccreditationRecord): string {
  const { name, subject, did, scope, validFrom, validUntil, maySubaccredit } = statement
  const from = validFrom === 0 ? 'ever' : formatSeconds(validFrom)
  const until = validUntil === 0 ? 'open' : formatSeconds(validUntil)
  return table([
    [`${index}`, `${name} (${subject})${did ? `, ${did}` : ''}`],
    ...(scope ? [['', `scope “${scope}”`] as const] : []),
    ['', `may issue ${explainScope(scope)}`],
    ['', `since ${from}, until ${until}`],
    ...(maySubaccredit ? [['', 'may accredit others'] as const] : []),
    ...(withdrawnAt > 0 ? [['', `withdrawn at ${formatSeconds(withdrawnAt)}`] as const] : []),
  ])
}

/** All pages of a list of records. */
export async function readPages(
  session: Pick<Session, 'provider'>,
  to: string,
  name: string,
  args: readonly unknown[],
): Promise<readonly AccreditationRecord[]> {
  const records: AccreditationRecord[] = []
  for (;;) {
    const asked = [...args, records.length, page]
    const [found] = await readView(session.provider, to, pages, name, asked)
    for (const each of found as readonly Result[]) records.push(recordOf(each))
    if (found.length < page) return records
  }
}

function recordOf(found: Result): AccreditationRecord {
  const { index, recordedAt, withdrawnAt, statement } = found.toObject() as Record<string, Result>
  const stated = (statement as Result).toObject()
  const text = (name: string) => new TextDecoder().decode(getBytes(stated[name]))
  return {
    index: Number(index),
    recordedAt: Number(recordedAt),
    withdrawnAt: Number(withdrawnAt),
    statement: {
      ...(stated as unknown as Statement),
      scope: text('scope'),
      name: text('name'),
      did: text('did'),
      validFrom: Number(stated['validFrom']),
      validUntil: Number(stated['validUntil']),
    },
  }
}
