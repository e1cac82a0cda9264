import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { unbake } from '../core/baked.ts'
import { readBlock, readLatestBlock } from '../core/chain.ts'
import { InvalidInputError } from '../core/error.ts'
import { isObject } from '../core/i-json.ts'
import { parseJson } from '../core/json.ts'
import { parseProofs } from '../core/proof.ts'
import type { SourcedHeader } from '../core/proved-state.ts'
import { makeReceipt } from '../core/receipt.ts'
import type { Report } from '../core/report.ts'
import { formatSeconds } from '../core/time.ts'
import type { Trust } from '../core/trust.ts'
import { verifyCredential } from '../core/verify.ts'
import { action, type Hre } from './action.ts'
import { readTrust } from './check.ts'
import { readCredentialBytes } from './credential-file.ts'
import { leaveEndpoints, openChains, openProvedChains } from './endpoint.ts'

interface Arguments {
  readonly credential: string
  readonly rpc: string | undefined
  readonly blockHash: string | undefined
  readonly trust: string | undefined
  readonly out: string
  readonly json: boolean
}

/** Writes a receipt of a credential: what a verification of it reads, proved as of a finalized block. */
export default action<Arguments>(async (args, hre, output) => {
  try {
    const document = parseJson(await unbake(await readCredentialBytes(args.credential)))
    const proof = isObject(document) ? parseProofs(document).anchor : undefined
    if (!isObject(document) || !proof) {
      throw new InvalidInputError(
        'anchor_missing',
        `${args.credential} is no credential with an anchor proof: there is nothing that a receipt could prove`,
      )
    }
    const trust = await readTrust(args.trust ?? join(hre.config.paths.root, 'trust.json'))
    const hash = args.blockHash ?? (await readFinalHash(args, hre, proof.chainId, trust))
    const headers: SourcedHeader[] = []
    const proofs: unknown[] = []
    const witness = {
      onHeader: (header: SourcedHeader) => void headers.push(header),
      onProof: (answer: unknown) => void proofs.push(answer),
    }
    const chain = await openProvedChains(args.rpc, hre, 1, hash, witness)
    const report = await verifyCredential(document, {
      readers: { chain, document: () => Promise.reject(new Error('is not part of a receipt')) },
      trust,
      now: Date.now(),
    })
    const [header] = headers
    const accreditation = report.checks.find(({ name }) => name === 'accreditation')
    if (!header || !report.anchor) throw withoutAnchor(report, header)
    if (accreditation?.outcome === 'indeterminate') {
      throw new InvalidInputError(accreditation.code, accreditation.message)
    }
    const receipt = makeReceipt(proof.chainId, header, proofs, document)
    await writeFile(args.out, `${JSON.stringify(receipt)}\n`)
    const time = formatSeconds(header.time)
    output.say(`Wrote ${args.out}: as of block ${header.number}, ${time}, hash ${header.hash}.`)
    output.say('Whoever trusts that hash can check it without a network:')
    output.say(`  npx hardhat check --offline --block-hash ${header.hash} ${args.out}`)
    return { receipt: args.out, block: { number: header.number, hash: header.hash, time } }
  } finally {
    leaveEndpoints()
  }
})

/** What checks say where the state of a block holds no anchor, or no registry yet. */
const provedAbsent = ['tampered', 'anchor_unknown', 'registry_missing', 'block_before_anchor']

/** Why there is nothing to make a receipt of. */
function withoutAnchor(report: Report, header: SourcedHeader | undefined): InvalidInputError {
  const isProved = report.checks.some(({ code }) => provedAbsent.includes(code))
  if (!header || !isProved) return new InvalidInputError(report.reason, report.summary)
  return new InvalidInputError(
    'anchor_not_final',
    `block ${header.number} of ${formatSeconds(header.time)} holds no anchor of this content: wait until its anchor is final, or name a later block with --block-hash`,
  )
}

/** The newest block that will not be reorganised away, as far as the endpoint says. */
async function readFinalHash(
  { rpc }: Arguments,
  hre: Hre,
  chainId: number,
  trust: Trust,
): Promise<string> {
  const chain = (await openChains(rpc, hre))(chainId)
  if (!chain) {
    throw new InvalidInputError('endpoint_missing', `name an endpoint of chain ${chainId}: --rpc`)
  }
  const latest = await readLatestBlock(chain, chainId)
  const depth = trust.chains.get(chainId)?.finalityDepth
  const at = depth === undefined ? 'finalized' : Math.max(0, latest.number - depth)
  const block = await readBlock(chain, at)
  if (block) return block.hash
  throw new InvalidInputError(
    'block_not_final',
    `${chain.label} names no finalized block: name one with --block-hash, or set finalityDepth in the trust file`,
  )
}
