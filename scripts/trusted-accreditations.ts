import { join } from 'node:path'
import { checksumAddress } from '../core/abi.ts'
import type { ChainTrust } from '../core/trust.ts'
import { type AccreditationRecord, describeRecord, readPages } from './accreditations.ts'
import { action } from './action.ts'
import { readTrust } from './check.ts'
import { requireContract } from './contracts.ts'
import { indent, type Output } from './output.ts'
import { openSession, type Session } from './session.ts'

interface Arguments {
  readonly trust: string | undefined
  readonly json: boolean
}

/** An accreditor with all its records, and those to whom it passed its right on. */
interface Accreditor {
  readonly account: string
  readonly name: string
  readonly records: readonly AccreditationRecord[]
  readonly accreditors: readonly Accreditor[]
}

/** As far as a verification follows accreditors. */
const maxDepth = 4
const maxAccreditors = 64

/** Shows whom the accreditors of the trust file accredit on a chain, and those to whom they passed their right on. */
export default action<Arguments>(async ({ trust: file }, hre, output) => {
  const path = file ?? join(hre.config.paths.root, 'trust.json')
  const trust = await readTrust(path)
  const session = await openSession(hre)
  const chain = trust.chains.get(session.chainId)
  const empty = { chainId: session.chainId, accreditors: [] }
  if (!chain) {
    output.say(`${path} does not name chain ${session.chainId}: credentials there are not trusted.`)
    output.say(exampleOf(session.chainId))
    return empty
  }
  if (chain.rootAccreditors.length === 0) {
    output.say(
      `${path} names no root accreditors for ${chain.name} (chain ${session.chainId}). Verifiers with this file ask nobody there who an issuer is: its name is as the credential states it.`,
    )
    output.say(exampleOf(session.chainId))
    return empty
  }
  await requireContract(session, chain.accreditationRegistry)
  const accreditors = await readAll(session, chain)
  for (const root of accreditors) tell(root, output, 0)
  return { chainId: session.chainId, accreditors }
})

function exampleOf(chainId: number): string {
  const entry = { account: '0x…', name: 'Name you know it by' }
  const example = { version: 1, chains: { [chainId]: { rootAccreditors: [entry] } } }
  return `To name one: ${JSON.stringify(example)} (docs/trust.md).`
}

/** Each accreditor once, where it is met first; so circles come to an end. */
async function readAll(session: Session, chain: ChainTrust): Promise<readonly Accreditor[]> {
  const seen = new Set<string>()
  const read = async (account: string, name: string, depth: number): Promise<Accreditor> => {
    seen.add(account)
    const records = await readPages(session, chain.accreditationRegistry, 'accreditations', [
      account,
    ])
    const accreditors: Accreditor[] = []
    for (const { statement } of records) {
      const subject = checksumAddress(statement.subject)
      if (!statement.maySubaccredit || seen.has(subject)) continue
      if (depth >= maxDepth || seen.size >= maxAccreditors) continue
      accreditors.push(await read(subject, statement.name, depth + 1))
    }
    return { account, name, records, accreditors }
  }
  const roots: Accreditor[] = []
  for (const { account, name } of chain.rootAccreditors) roots.push(await read(account, name, 0))
  return roots
}

function tell({ account, name, records, accreditors }: Accreditor, output: Output, depth: number) {
  const say = (text: string, by: number) => output.say(indent(text, 2 * (depth + by)))
  say(`${name} (${account})${records.length === 0 ? ' accredits nobody.' : ' accredits:'}`, 0)
  for (const record of records) say(describeRecord(record), 1)
  for (const each of accreditors) tell(each, output, depth + 1)
}
