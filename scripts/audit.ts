import { writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { checksumAddress } from '../core/abi.ts'
import { contractAddresses } from '../core/deployment.ts'
import { InvalidInputError, messageOf } from '../core/error.ts'
import { openPinnedDocuments } from '../documents/pinned-documents.ts'
import { createDocumentReader } from '../documents/reader.ts'
import { type Hre, reportFailure } from './action.ts'
import { openTrust } from './audit/accreditations.ts'
import { auditPage } from './audit/page.ts'
import type { Place } from './audit/place.ts'
import { parseServices } from './audit/publisher.ts'
import { type AuditReport, auditIssuer } from './audit/report.ts'
import { describeAudit } from './audit/report-text.ts'
import { parseSample } from './audit/sample.ts'
import { leaveEndpoints, openOnlyChain, requireBlockHash } from './endpoint.ts'
import { outputFor, printJson } from './output.ts'

interface Arguments {
  readonly issuer: string
  readonly batches: string | undefined
  readonly credentials: string | undefined
  readonly seed: string | undefined
  readonly holders: string | undefined
  readonly service: string | undefined
  readonly trust: string | undefined
  readonly rpc: string | undefined
  readonly quorum: number
  readonly proof: boolean
  readonly blockHash: string | undefined
  readonly registry: string | undefined
  readonly html: string | undefined
  readonly json: boolean
}

/**
 * Lists every batch of an issuer by its number, rebuilds those at hand independently, and tells every difference.
 *
 * Exit code 0: nothing to object to; 1: there are findings; 2: something, or everything, could not be read.
 */
export default async function audit(args: Arguments, hre: Hre): Promise<void> {
  try {
    const output = outputFor(args.json)
    const place = await readPlace(args, hre)
    const report = await auditIssuer(place, await readMaterial(args, place), output)
    if (args.html !== undefined) await writeFile(args.html, auditPage(report))
    if (args.json) printJson(report)
    describeAudit(report, output)
    if (args.html !== undefined) output.say(`Report for people: ${args.html}`)
    process.exitCode = exitCodeOf(report)
  } catch (thrown) {
    reportFailure(thrown, args.json, hre)
    process.exitCode = 2
  } finally {
    leaveEndpoints()
  }
}

function exitCodeOf({ findings, unread }: AuditReport): number {
  if (findings.length > 0) return 1
  return unread.length > 0 ? 2 : 0
}

/**
 * Whichever chain the endpoint is of: an audit is of what the auditor's own node says. Who gives the hash of a block wants what
 * follows from it, so that means proofs, too.
 */
async function readPlace(args: Arguments, hre: Hre): Promise<Place> {
  if (args.issuer === '')
    throw new InvalidInputError('issuer_missing', 'name the account of the issuer: --issuer 0x…')
  const issuer = checksumAddress(args.issuer, '--issuer')
  const address = args.registry
    ? checksumAddress(args.registry, '--registry')
    : contractAddresses.registry
  const { blockHash } = args
  if (blockHash !== undefined) requireBlockHash(blockHash)
  const opened = await openOnlyChain(args.rpc, hre, args.quorum)
  if (opened) {
    const { chain, chainId, sources } = opened
    const isProved = args.proof || blockHash !== undefined
    return { chain, chainId, address, issuer, ...(isProved && { proof: { sources, blockHash } }) }
  }
  throw new InvalidInputError('network_missing', 'name the endpoint to read: --rpc or --network')
}

async function readMaterial(args: Arguments, place: Place) {
  const { batches, holders, service } = args
  const directory = process.env['PINNED_DOCUMENTS_DIR']
  const pinned = directory ? await openPinnedDocuments(directory) : undefined
  return {
    batches,
    holders,
    sample: parseSample(args.credentials, args.seed),
    services: parseServices(service),
    document: createDocumentReader({ pinned }, Date.now),
    trust: await openTrust(args.trust, place),
    now: Date.now(),
  }
}

/** The same without Hardhat: `node scripts/audit.ts --issuer 0x… --rpc https://…`; `--service` may be repeated. */
async function main(): Promise<void> {
  const standalone = { globalOptions: { showStackTraces: false } } as Hre
  const text = { type: 'string' } as const
  try {
    const { values } = parseArgs({
      options: {
        issuer: text,
        batches: text,
        credentials: text,
        seed: text,
        holders: text,
        service: { type: 'string', multiple: true },
        trust: text,
        rpc: text,
        quorum: text,
        proof: { type: 'boolean' },
        'block-hash': text,
        registry: text,
        html: text,
        json: { type: 'boolean' },
      },
    })
    const { issuer = '', batches, credentials, seed, holders, trust, rpc, registry, html } = values
    const { quorum = '1', proof = false, json = false, 'block-hash': blockHash, service } = values
    const named = { batches, credentials, seed, holders, trust, rpc, registry, html, blockHash }
    const count = parseQuorum(quorum)
    await audit(
      { ...named, service: service?.join(','), issuer, quorum: count, proof, json },
      standalone,
    )
  } catch (thrown) {
    const failure = new InvalidInputError('arguments_malformed', messageOf(thrown))
    reportFailure(failure, process.argv.includes('--json'), standalone)
    process.exitCode = 2
  }
}

function parseQuorum(text: string): number {
  if (/^[1-9]\d?$/.test(text)) return Number(text)
  throw new Error(`--quorum takes a number from 1 on, not ${text.slice(0, 80)}`)
}

if (import.meta.main) await main()
