import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { deflateRawSync } from 'node:zlib'
import { unbake } from '../core/baked.ts'
import { InvalidInputError } from '../core/error.ts'
import { isObject } from '../core/i-json.ts'
import { parseJson } from '../core/json.ts'
import { type PrintedCode, printCode } from '../core/printed-code.ts'
import { proveCredential, readFinalHash, requireAnchor } from '../core/receipt-making.ts'
import { receiptPage } from '../core/receipt-page.ts'
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
  readonly html: string | undefined
  readonly page: string | undefined
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
    const page = args.page === undefined ? undefined : requirePage(args.page)
    const trust = await readTrust(args.trust ?? join(hre.config.paths.root, 'trust.json'))
    const hash = args.blockHash ?? (await finalHash(args, hre, chainId, trust))
    const { receipt, header, report } = await proveCredential(document, {
      proved: await openProvedChains(args.rpc, hre, 1, hash),
      trust,
      now: Date.now(),
    })
    await writeFile(args.out, `${JSON.stringify(receipt)}\n`)
    const time = formatSeconds(header.time)
    output.say(`Wrote ${args.out}: as of block ${header.number}, ${time}, hash ${header.hash}.`)
    output.say('Whoever trusts that hash can check it without a network:')
    output.say(`  npx hardhat check --offline --block-hash ${header.hash} ${args.out}`)
    const block = { number: header.number, hash: header.hash, time }
    if (args.html === undefined) return { receipt: args.out, block }
    const link = /^https?:/i.test(args.credential) ? args.credential : undefined
    const deflate = (bytes: Uint8Array, dictionary: Uint8Array) =>
      deflateRawSync(bytes, { level: 9, memLevel: 9, dictionary })
    const code = await printCode(document, { page, link, deflate })
    await writeFile(args.html, receiptPage({ report, code, page, blockHash: header.hash }))
    output.say(`To print: ${args.html}${describeCode(code)}`)
    return { receipt: args.out, block, html: args.html, code: code?.carries ?? 'none' }
  } finally {
    leaveEndpoints()
  }
})

function describeCode(code: PrintedCode | undefined): string {
  if (!code) return ', without a code: the credential is too large for one'
  return code.carries === 'link'
    ? ', with a code that leads to the credential: it is too large for one'
    : `, with a code that carries the credential (QR version ${code.version})`
}

/** Throws `InvalidInputError` for what is no address of a page that a code can lead to. */
function requirePage(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url && /^https?:$/.test(url.protocol) && url.hash === '' && url.href.length <= 200) {
    return url.href
  }
  throw new InvalidInputError(
    'page_malformed',
    `--page takes the address of a check page, such as https://credentials.example.edu/, not ${text.slice(0, 80)}`,
  )
}

async function finalHash({ rpc }: Arguments, hre: Hre, chainId: number, trust: Trust) {
  const chain = (await openChains(rpc, hre))(chainId)
  if (chain) return readFinalHash(chain, chainId, trust)
  throw new InvalidInputError('endpoint_missing', `name an endpoint of chain ${chainId}: --rpc`)
}
