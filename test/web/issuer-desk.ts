import { readFile } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'
import { join } from 'node:path'
import { Interface } from 'ethers'
import type { Browser } from 'playwright-core'
import { accreditationAbi } from '../../core/accreditation.ts'
import { demoAccounts } from '../../server/demo-accounts.ts'
import { rpc, sendToRegistry } from '../server/chain-calls.ts'
import { issueBatch, recordIssuer, type Stage, setStage } from '../server/stage.ts'
import { launchChromium } from './chromium.ts'
import { type Site, startSite } from './site.ts'

/** What becomes of an answer: another body, or another status. */
type Change = (body: string, url: URL) => string | number

/** A service with an issuer's log on a real chain, behind the page as it is built now. */
export interface IssuerDesk {
  readonly browser: Browser
  readonly site: Site
  readonly stage: Stage
  /** Answers of the service as they are, unless a test changes them on the way. */
  readonly change: Map<string, Change>
  readonly close: () => Promise<void>
}

const account = demoAccounts.issuer.address
export const nobody = '0x90F79bf6EB2c4f870365E785982E1f101E93b906'
const accreditations = new Interface(accreditationAbi)
const day = 86_400

/** Sizes of the batches that are anchored through the service; 0 is one that the issuer anchors by itself and never hands in. */
export async function openIssuerDesk(sizes: readonly number[]): Promise<IssuerDesk> {
  const [browser, site, stage] = await Promise.all([launchChromium(), startSite(), setStage()])
  const { chain } = stage
  for (const [i, size] of sizes.entries()) {
    if (i > 0) await rpc(chain.url, 'evm_increaseTime', [(18 + ((i * 7) % 23)) * day])
    if (size === 0) {
      await sendToRegistry(chain, account, 'anchor', [`0x${'ab'.repeat(32)}`, 31])
      continue
    }
    const id = await issueBatch(stage, size)
    await stage.ask(`POST /batches/${id}/anchor`, { key: stage.key })
    await stage.service.catchUp()
  }
  await recordIssuer(stage.ask, 'empty', nobody)
  const change: IssuerDesk['change'] = new Map()
  const page = await readFile(join(site.folder, 'issuers', 'index.html'), 'utf8')
  const serve = (path: string) =>
    site.bodies.set(path, (response) => void pass(path, response).catch(() => response.destroy()))
  async function pass(path: string, response: ServerResponse): Promise<void> {
    const { status, text } = await stage.ask(`GET ${response.req.url}`)
    const url = new URL(response.req.url ?? '/', 'http://localhost')
    const changed = change.get(path)?.(text, url) ?? text
    response.statusCode = typeof changed === 'number' ? changed : status
    response.setHeader('content-type', 'application/json')
    response.end(String(changed))
  }
  serve('/config.json')
  for (const slug of ['northfield', 'empty', 'nobody']) {
    serve(`/issuers/${slug}/log`)
    site.bodies.set(`/issuers/${slug}`, (response) => {
      response.setHeader('content-type', 'text/html; charset=utf-8')
      response.end(page)
    })
  }
  const close = async () => {
    await browser.close()
    await Promise.all([site.close(), stage.close()])
  }
  return { browser, site, stage, change, close }
}

/** Ends the first credentials of the issuer's batch with this number, suspends those from the seventeenth on, or withdraws all of it. */
export async function endSome(
  { stage }: IssuerDesk,
  sequence: number,
  how: 'revoke' | 'suspend' | 'withdraw',
  count = 1,
): Promise<void> {
  const root = await rootOf(stage, sequence)
  const word = (1n << BigInt(count)) - 1n
  const from = how === 'suspend' ? 16n : 0n
  const values = how === 'withdraw' ? [account, root] : [account, root, 0, [word << from]]
  await sendToRegistry(stage.chain, account, how, values)
}

async function rootOf(stage: Stage, sequence: number): Promise<string> {
  const { root } = await stage.service.database.db
    .selectFrom('batches')
    .select('root')
    .where('sequence', '=', sequence)
    .executeTakeFirstOrThrow()
  return `0x${Buffer.from(root).toString('hex')}`
}

/** The accreditor withdraws what it said of the issuer. */
export async function endAccreditation({ stage }: IssuerDesk): Promise<void> {
  const data = accreditations.encodeFunctionData('withdraw', [0])
  const from = demoAccounts.accreditor.address
  const to = stage.chain.contracts.accreditationRegistry
  await rpc(stage.chain.url, 'eth_sendTransaction', [{ from, to, data }])
}
