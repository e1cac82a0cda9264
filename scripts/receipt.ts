import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { unbake } from '../core/baked.ts'
import { InvalidInputError } from '../core/error.ts'
import { isObject } from '../core/i-json.ts'
import { parseJson } from '../core/json.ts'
import { proveCredential, readFinalHash, requireAnchor } from '../core/receipt-making.ts'
import { formatSeconds } from '../core/time.ts'
import type { Trust } from '../core/trust.ts'
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
    if (!isObject(document)) {
      throw new InvalidInputError('anchor_missing', `${args.credential} is no credential`)
    }
    const { chainId } = requireAnchor(document)
    const trust = await readTrust(args.trust ?? join(hre.config.paths.root, 'trust.json'))
    const hash = args.blockHash ?? (await finalHash(args, hre, chainId, trust))
    const { receipt, header } = await proveCredential(document, {
      proved: await openProvedChains(args.rpc, hre, 1, hash),
      trust,
      now: Date.now(),
    })
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

async function finalHash({ rpc }: Arguments, hre: Hre, chainId: number, trust: Trust) {
  const chain = (await openChains(rpc, hre))(chainId)
  if (chain) return readFinalHash(chain, chainId, trust)
  throw new InvalidInputError('endpoint_missing', `name an endpoint of chain ${chainId}: --rpc`)
}
