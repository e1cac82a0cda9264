import { writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { checksumAddress } from '../core/abi.ts'
import { contractAddresses } from '../core/deployment.ts'
import { InvalidInputError, messageOf } from '../core/error.ts'
import { openPinnedDocuments } from '../documents/pinned-documents.ts'
import { createDocumentReader } from '../documents/reader.ts'
import { type Hre, reportFailure } from './action.ts'
import { auditPage } from './audit/page.ts'
import { parseServices } from './audit/publisher.ts'
import { type AuditReport, auditIssuer } from './audit/report.ts'
import { describeAudit } from './audit/report-text.ts'
import { leaveEndpoints, openOnlyChain } from './endpoint.ts'
import { outputFor, printJson } from './output.ts'

interface Arguments {
  readonly issuer: string
  readonly batches: string | undefined
  readonly credentials: string | undefined
  readonly service: string | undefined
  readonly rpc: string | undefined
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
    const report = await auditIssuer(await readPlace(args, hre), await readMaterial(args), output)
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

/** Whichever chain the endpoint is of: an audit is of what the auditor's own node says. */
async function readPlace(args: Arguments, hre: Hre) {
  if (args.issuer === '')
    throw new InvalidInputError('issuer_missing', 'name the account of the issuer: --issuer 0x…')
  const issuer = checksumAddress(args.issuer, '--issuer')
  const address = args.registry
    ? checksumAddress(args.registry, '--registry')
    : contractAddresses.registry
  const opened = await openOnlyChain(args.rpc, hre)
  if (opened) return { ...opened, address, issuer }
  throw new InvalidInputError('network_missing', 'name the endpoint to read: --rpc or --network')
}

async function readMaterial({ batches, credentials, service }: Arguments) {
  const directory = process.env['PINNED_DOCUMENTS_DIR']
  const pinned = directory ? await openPinnedDocuments(directory) : undefined
  const document = createDocumentReader({ pinned }, Date.now)
  return { batches, credentials, services: parseServices(service), document, now: Date.now() }
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
        service: { type: 'string', multiple: true },
        rpc: text,
        registry: text,
        html: text,
        json: { type: 'boolean' },
      },
    })
    const { issuer = '', batches, credentials, service, rpc, registry, html, json = false } = values
    const named = { batches, credentials, service: service?.join(','), rpc, registry, html }
    await audit({ ...named, issuer, json }, standalone)
  } catch (thrown) {
    const failure = new InvalidInputError('arguments_malformed', messageOf(thrown))
    reportFailure(failure, process.argv.includes('--json'), standalone)
    process.exitCode = 2
  }
}

if (import.meta.main) await main()
