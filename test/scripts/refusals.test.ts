import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accounts } from './anvil.ts'
import { altered, type Desk, type IssuedBatch, openDesk } from './desk.ts'
import { startEndpoint } from './endpoint.ts'

const local = ['--network', 'localhost']
const unfundedKey = `0x${'5'.repeat(64)}`

describe('what a command refuses, it refuses in a sentence with a stable code, and sends nothing', () => {
  let desk: Desk
  let batch: IssuedBatch
  let blocks: number

  beforeAll(async () => {
    desk = await openDesk()
    batch = await desk.issue(['Aïcha', 'Søren', 'Đỗ'])
    blocks = await desk.anvil.provider.getBlockNumber()
  })
  afterAll(async () => {
    expect(await desk.anvil.provider.getBlockNumber()).toBe(blocks)
    await desk.close()
  })

  /** Every error of a command: one document, exit code 1, and a sentence that ends. */
  async function refusal(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
    const { code, json } = await desk.runJson(args, { env })
    expect(code).toBe(1)
    expect(json.error.message.length).toBeGreaterThan(20)
    expect(json.error.message).not.toMatch(/HHE\d|\n|at .*:\d+:\d+/)
    return json.error.code
  }

  const anchor = (...more: readonly string[]) => [
    'anchor',
    '--batch',
    batch.batch,
    '--yes',
    ...more,
  ]

  it('names a network that was not named, is not known, not set or not running', async () => {
    const unset = { SEPOLIA_RPC_URL: '' }
    const codes = await Promise.all([
      refusal(anchor()),
      refusal(anchor('--network', 'nowhere')),
      refusal(anchor('--network', 'gnosis')),
      refusal(anchor(...local), { LOCALHOST_RPC_URL: 'http://127.0.0.1:9', ...unset }),
    ])
    expect(codes).toEqual([
      'network_missing',
      'network_unknown',
      'setting_missing',
      'chain_unreachable',
    ])
  })

  it('refuses an endpoint of another chain, and one that is no node', async () => {
    const sepolia = { SEPOLIA_RPC_URL: desk.anvil.url, SEPOLIA_PRIVATE_KEY: unfundedKey }
    const page = await startEndpoint(
      (_body, _request, response) => void response.end('<html>Hello</html>'),
    )
    const codes = await Promise.all([
      refusal(anchor('--network', 'sepolia'), sepolia),
      refusal(anchor(...local), { LOCALHOST_RPC_URL: page.url }),
    ])
    await page.close()
    expect(codes).toEqual(['wrong_network', 'chain_answer_malformed'])
  })

  it('refuses an account that is not the issuer’s, not allowed, or cannot pay', async () => {
    const custom = { CUSTOM_RPC_URL: desk.anvil.url, CUSTOM_PRIVATE_KEY: unfundedKey }
    const statement = [
      'accredit',
      accounts.issuer,
      '--name',
      'Northfield',
      '--yes',
      '--network',
      'custom',
    ]
    const codes = await Promise.all([
      refusal(anchor('--network', 'custom'), custom),
      refusal(anchor('--network', 'custom', '--operator'), custom),
      refusal(statement, custom),
      refusal(anchor(...local, '--account', accounts.stranger)),
    ])
    expect(codes).toEqual([
      'account_not_issuer',
      'not_authorized',
      'funds_insufficient',
      'account_not_issuer',
    ])
  })

  it('refuses a batch for another chain or registry, an altered one and an unknown one', async () => {
    const text = await readFile(batch.batch, 'utf8')
    const changed = await altered(desk, batch.batch, 'Data Literacy', 'Data Mastery')
    const elsewhere = await desk.write('elsewhere.ndjson', text.replaceAll('31337', '11155111'))
    const cut = await desk.write('cut.ndjson', text.slice(0, text.trimEnd().lastIndexOf('\n')))
    const given = (path: string) => refusal(['anchor', '--batch', path, '--yes', ...local])
    const codes = await Promise.all([
      given(changed),
      given(cut),
      given('/nowhere/batch.ndjson'),
      given(elsewhere),
    ])
    expect(codes.slice(0, 3)).toEqual([
      'batch_file_altered',
      'batch_file_incomplete',
      'file_unusable',
    ])
    expect(['wrong_network', 'batch_file_altered']).toContain(codes[3])
  })

  it('refuses status changes of batches, indexes and credentials that are not there', async () => {
    const root = `0x${'11'.repeat(32)}`
    const codes = await Promise.all([
      refusal(['revoke', '--root', root, '--index', '1', '--yes', ...local]),
      refusal(['suspend', batch.credentials[0] as string, '--yes', ...local]),
      refusal(['withdraw', '--root', root, '--yes', ...local]),
      refusal(['revoke', '--root', root, '--index', '5-2', '--yes', ...local]),
      refusal(['revoke', '--yes', ...local]),
      refusal(['revoke', '--root', '0x12', '--index', '1', '--yes', ...local]),
    ])
    expect(codes).toEqual([
      'batch_unknown',
      'batch_unknown',
      'batch_unknown',
      'status_index_malformed',
      'credentials_missing',
      'hex_malformed',
    ])
  })

  it('refuses operators and accreditations that make no sense', async () => {
    const { operator, accreditor } = accounts
    const codes = await Promise.all([
      refusal(['operator', operator, '--yes', ...local]),
      refusal(['operator', operator, '--roles', 'admin', '--yes', ...local]),
      refusal(['operator', operator, '--until', '2001-01-01T00:00:00Z', '--yes', ...local]),
      refusal(['accredit', accreditor, '--yes', ...local]),
      refusal(['accredit', accounts.issuer, '--name', 'Itself', '--yes', ...local]),
      refusal(['accredit', '--withdraw', '7', '--yes', ...local]),
    ])
    expect(codes).toEqual([
      'until_missing',
      'roles_malformed',
      'expiry_in_past',
      'name_missing',
      'invalid_subject',
      'unknown_accreditation',
    ])
  })

  it('takes a batch from the service with an API key, and says what the service refuses', async () => {
    const file = await readFile(batch.batch)
    const service = await startEndpoint((_body, { url, headers }, response) => {
      if (headers.authorization !== 'Bearer key-1') response.statusCode = 401
      else if (url !== '/batches/1/file') response.statusCode = 404
      response.end(file)
    })
    const env = { ROOTMARK_API_KEY: 'key-1' }
    const from = (path: string) => ['anchor', '--batch', service.url + path, ...local, '--dry-run']
    const codes = await Promise.all([
      refusal(from('/batches/1/file')),
      refusal(from('/batches/2/file'), env),
      refusal(['anchor', '--batch', 'http://rootmark.example/batches/1/file', ...local], env),
    ])
    const { json } = await desk.runJson(from('/batches/1/file'), { env })
    await service.close()
    expect(codes).toEqual(['api_key_refused', 'batch_unknown', 'url_insecure'])
    expect(json).toMatchObject({ root: batch.root, dryRun: true, transactions: [] })
  })
})
