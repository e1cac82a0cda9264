import { afterAll, beforeAll, expect, it } from 'vitest'
import { openCarried } from '../../core/carried.ts'
import { parseReceipt, receiptChain } from '../../core/receipt.ts'
import { verifyCredential } from '../../core/verify.ts'
import { demoAccounts } from '../../server/demo-accounts.ts'
import type { EmbeddedChain } from '../../server/embedded-chain.ts'
import { setAnvilStage, startAnvilChain } from './anvil-stage.ts'
import { rpc } from './chain-calls.ts'
import { credentialIds, issueBatch, named, refusal, type Stage } from './stage.ts'
import { openDirectory, type Storage } from './storages.ts'

let chain: EmbeddedChain
let storage: Storage
let stage: Stage
let credential: string
beforeAll(async () => {
  chain = await startAnvilChain()
  storage = await openDirectory()
  stage = await setAnvilStage(chain, storage, {
    ...named(chain),
    OPERATOR_KEY: demoAccounts.operator.privateKey,
  })
  await rpc(chain.url, 'anvil_mine', ['0x60'])
  const id = await issueBatch(stage, 3)
  await stage.ask(`POST /batches/${id}/anchor`, { key: stage.key })
  await stage.service.catchUp()
  credential = (await credentialIds(stage, id))[1] as string
}, 120_000)
afterAll(async () => {
  await stage?.close()
  await chain?.close()
  await storage?.remove()
})

/** The report about a receipt by whoever trusts the hash, with nothing else to ask. */
async function offline(text: string, hash: string) {
  const receipt = parseReceipt(text)
  const proved = await receiptChain(receipt, hash)
  return verifyCredential(receipt.credential, {
    readers: {
      chain: (chainId) => (chainId === receipt.chainId ? proved : undefined),
      document: () => Promise.reject(new Error('there is no network')),
    },
    trust: stage.service.trust,
    now: Date.now(),
  })
}

it('a receipt is had once the anchor is final, and proves it without anybody', async () => {
  const early = await stage.ask(`GET /credentials/${credential}/receipt`)
  expect(refusal(early)).toBe('409 anchor_not_final')
  await rpc(chain.url, 'anvil_mine', ['0x60'])
  const { status, text, headers } = await stage.ask(`GET /credentials/${credential}/receipt`)
  expect(status).toBe(200)
  expect(headers['content-disposition']).toContain(`receipt-${credential}`)
  const hash = String(headers['rootmark-block-hash'])
  const report = await offline(text, hash)
  expect([report.verdict, report.reason]).toEqual(['valid', 'valid'])
  const standing = report.checks.find(({ name }) => name === 'status')
  expect(standing?.read[0]?.proved).toContain(hash)
  await expect(offline(text, `0x${'ab'.repeat(32)}`)).rejects.toThrow()
})

it('a receipt is printed with a code that carries the credential, for the page of this service', async () => {
  const { status, text, headers } = await stage.ask(`GET /credentials/${credential}/receipt.html`)
  expect([status, headers['content-type']]).toEqual([200, 'text/html; charset=utf-8'])
  expect(headers['content-security-policy']).toContain("default-src 'none'; style-src")
  expect(text).toContain(String(headers['rootmark-block-hash']))
  expect(text).toContain('Neither revoked nor suspended')
  const [, carried = ''] = /<a href="([^"]*)">/.exec(text) ?? []
  expect(carried.startsWith(`${stage.service.config.PUBLIC_BASE_URL}/#c=1.`)).toBe(true)
  const { body } = await stage.ask('POST /verify', { raw: await openCarried(carried) })
  expect([body.verdict, body.credential.id]).toEqual(['valid', expect.stringContaining(credential)])
})

it('a receipt of a revoked credential says so', async () => {
  await stage.ask(`POST /credentials/${credential}/revoke`, { key: stage.key })
  await rpc(chain.url, 'anvil_mine', ['0x60'])
  const { text, headers } = await stage.ask(`GET /credentials/${credential}/receipt`)
  const report = await offline(text, String(headers['rootmark-block-hash']))
  expect([report.verdict, report.reason]).toEqual(['invalid', 'revoked'])
})

it('there is none of what nobody knows, nor while the chain is down', async () => {
  const unknown = '00000000-0000-4000-8000-000000000000'
  expect(refusal(await stage.ask(`GET /credentials/${unknown}/receipt`))).toBe(
    '404 credential_unknown',
  )
  await chain.close()
  const { status } = await stage.ask(`GET /credentials/${credential}/receipt`)
  expect(status).toBe(503)
})
