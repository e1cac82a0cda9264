import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Document } from './command.ts'
import { accredit, type Desk, type IssuedBatch, must, openDesk } from './desk.ts'

describe('receipts', () => {
  let desk: Desk
  let batch: IssuedBatch
  let credential: string
  let revoked: string
  let receipt: Document
  let hash: string

  /** Without a network: every endpoint and proxy that is set leads nowhere. */
  const offline = (file: string, ...args: string[]) =>
    desk.runJson(['check', '--offline', file, ...args], {
      env: { CHAIN_RPC_URL: 'http://127.0.0.1:9', LOCALHOST_RPC_URL: 'http://127.0.0.1:9' },
    })
  const make = (file: string, out: string, ...args: string[]) =>
    desk.runJson([
      'receipt',
      file,
      '--rpc',
      desk.anvil.url,
      '--out',
      join(desk.folder, out),
      ...args,
    ])
  const write = (name: string, change: (copy: Document) => void) => {
    const copy = structuredClone(receipt)
    change(copy)
    return desk.write(name, JSON.stringify(copy))
  }
  const outcomeOf = ({ code, json }: { code: number; json: Document }) => [
    code,
    json.reason ?? json.error?.code,
  ]

  beforeAll(async () => {
    desk = await openDesk()
    await accredit(desk)
    batch = await desk.issue(['Ada', 'Bo', 'Cy'])
    ;[credential, revoked] = batch.credentials as [string, string]
    await must(desk.run(['anchor', '--batch', batch.batch, '--network', 'localhost', '--yes']))
    await must(desk.run(['revoke', revoked, '--network', 'localhost', '--yes']))
  })
  afterAll(() => desk.close())

  it('is not made before the anchor is final, nor of what is not anchored', async () => {
    // For anvil a block is final 64 blocks later; that of block 3 holds the registry at most.
    const { provider } = desk.anvil
    const blocks = 67 - (await provider.getBlockNumber())
    await provider.send('anvil_mine', [`0x${blocks.toString(16)}`])
    const early = await make(credential, 'early.json')
    expect(outcomeOf(early)).toEqual([1, 'anchor_not_final'])
    const first = (await desk.anvil.provider.send('eth_getBlockByNumber', ['0x3', false])).hash
    const before = await make(credential, 'early.json', '--block-hash', first)
    expect(outcomeOf(before)).toEqual([1, 'anchor_not_final'])
    const unanchored = await desk.write('plain.json', '{"type":"VerifiableCredential"}')
    expect(outcomeOf(await make(unanchored, 'early.json'))).toEqual([1, 'anchor_missing'])
    const unknown = await make(credential, 'early.json', '--block-hash', `0x${'ab'.repeat(32)}`)
    expect(outcomeOf(unknown)).toEqual([1, 'block_hash_mismatch'])
    await desk.anvil.provider.send('anvil_mine', ['0x60'])
  })

  it('verifies without a network, as of its block', async () => {
    const made = await make(credential, 'receipt.json')
    expect(made.code).toBe(0)
    hash = made.json.block.hash
    receipt = JSON.parse(await readFile(made.json.receipt, 'utf8'))
    const { code, json } = await offline(made.json.receipt, '--block-hash', hash)
    expect([code, json.verdict]).toEqual([0, 'valid'])
    expect(json.checks.find(({ name }: Document) => name === 'status').message).toBe(
      `Neither revoked nor suspended, as of block ${made.json.block.number}, ${made.json.block.time}.`,
    )
    expect(json.accreditation.issuerName).toBe('Northfield University')
    for (const { name, read } of json.checks) {
      if (!['integrity', 'anchor', 'accreditation', 'status'].includes(name)) continue
      expect(read[0].proved).toBe(`block hash ${hash}, which you gave`)
    }
    const told = await desk.run(['check', '--offline', made.json.receipt, '--block-hash', hash])
    expect(told.stdout).toContain('VALID')
  })

  it('is printed with a code that carries the credential, which check reads', async () => {
    const { url } = desk.anvil
    const page = 'https://nobody.invalid/check'
    const sheet = join(desk.folder, 'receipt.html')
    const made = await make(credential, 'printed.json', '--html', sheet, '--page', page)
    expect(made.json).toMatchObject({ html: sheet, code: 'credential' })
    const html = await readFile(sheet, 'utf8')
    expect(html).toContain('Neither revoked nor suspended')
    expect(html).toContain(made.json.block.hash)
    const [, carried = ''] = /<a href="([^"]*)">/.exec(html) ?? []
    expect(carried.startsWith(`${page}#c=1.`)).toBe(true)
    const scanned = await desk.write('scanned.txt', `${carried}\n`)
    const bare = await desk.write('bare.txt', carried.replace(`${page}#c=1.`, 'rootmark:1:'))
    for (const given of [carried, scanned, bare]) {
      expect(outcomeOf(await desk.runJson(['check', given, '--rpc', url]))).toEqual([0, 'valid'])
    }
    const cut = await desk.write('cut.txt', carried.slice(0, -40))
    for (const given of [cut, `${carried}1`, 'rootmark:9:12']) {
      const refused = await desk.runJson(['check', given, '--rpc', url])
      expect(outcomeOf(refused)).toEqual([1, 'carried_malformed'])
    }
    const without = await make(revoked, 'printed.json', '--html', sheet)
    expect(without.code).toBe(0)
    const ended = await readFile(sheet, 'utf8')
    expect(ended).toContain('Revoked by the issuer')
    expect(ended).not.toContain('<a href')
    const odd = await make(
      credential,
      'printed.json',
      '--html',
      sheet,
      '--page',
      'javascript:alert(1)',
    )
    expect(outcomeOf(odd)).toEqual([1, 'page_malformed'])
  }, 60_000)

  it('proves a revocation as well', async () => {
    const made = await make(revoked, 'revoked.json')
    const found = await offline(made.json.receipt, '--block-hash', made.json.block.hash)
    expect(outcomeOf(found)).toEqual([1, 'revoked'])
  })

  it('says nothing against a credential where the receipt does not hold', async () => {
    const [elsewhere] = (await desk.issue(['Di'])).credentials as [string]
    const other = JSON.parse(await readFile(elsewhere, 'utf8'))
    const neighbour = JSON.parse(await readFile(revoked, 'utf8'))
    const header = (
      await make(
        credential,
        'later.json',
        '--block-hash',
        (
          await desk.anvil.provider.send('eth_getBlockByNumber', ['latest', false])
        ).hash,
      )
    ).json
    const later = JSON.parse(await readFile(header.receipt, 'utf8'))
    const files = await Promise.all([
      write('other.json', (copy) => {
        copy.credential = other
      }),
      // What is proved of a batch is proved of all in it, each by its own bit.
      write('neighbour.json', (copy) => {
        copy.credential = neighbour
      }),
      write('chain.json', (copy) => {
        copy.chainId = 11155111
      }),
      write('header.json', (copy) => {
        copy.header = later.header
      }),
      write('bytes.json', (copy) => {
        copy.header = `${copy.header.slice(0, -2)}00`
      }),
      write('rlp.json', (copy) => {
        copy.header = '0xc0'
      }),
      write('proof.json', (copy) => {
        copy.proofs[0].storageProof[0].value = '0x1'
      }),
      write('none.json', (copy) => {
        copy.proofs = []
      }),
      write('many.json', (copy) => {
        copy.proofs = Array(9).fill(copy.proofs[0])
      }),
      write('shape.json', (copy) => {
        copy.proofs[0].storageProof = [{}]
      }),
      desk.write('text.json', 'receipt'),
    ])
    const { code, json } = await desk.runJson([
      'check',
      '--offline',
      ...files,
      '--block-hash',
      hash,
    ])
    expect(
      json.map(({ report, error }: Document) => [
        report?.verdict ?? 'not checked',
        report?.reason ?? error.code,
      ]),
    ).toEqual([
      ['indeterminate', 'receipt_mismatch'],
      ['invalid', 'revoked'],
      ['indeterminate', 'chain_mismatch'],
      ['not checked', 'block_hash_mismatch'],
      ['not checked', 'block_hash_mismatch'],
      ['not checked', 'block_header_malformed'],
      ['indeterminate', 'state_proof_refused'],
      ['indeterminate', 'receipt_mismatch'],
      ['not checked', 'receipt_malformed'],
      ['not checked', 'receipt_malformed'],
      ['not checked', 'json_malformed'],
    ])
    expect(code).toBe(1)
    const [, , ...others] = files
    const rest = await desk.runJson(['check', '--offline', ...others, '--block-hash', hash])
    expect(rest.code).toBe(2)
    expect(outcomeOf(await offline(credential, '--block-hash', hash))).toEqual([
      2,
      'receipt_malformed',
    ])
  }, 60_000)

  it('never takes another block’s proofs, a stale hash or none', async () => {
    const { provider } = desk.anvil
    const stale = (await provider.send('eth_getBlockByNumber', ['0x4', false])).hash
    const latest = await make(
      credential,
      'latest.json',
      '--block-hash',
      (await provider.send('eth_getBlockByNumber', ['latest', false])).hash,
    )
    await must(desk.run(['revoke', credential, '--network', 'localhost', '--yes']))
    const after = await make(
      credential,
      'after.json',
      '--block-hash',
      (await provider.send('eth_getBlockByNumber', ['latest', false])).hash,
    )
    const old = JSON.parse(await readFile(latest.json.receipt, 'utf8'))
    const fresh = JSON.parse(await readFile(after.json.receipt, 'utf8'))
    // Who wants to hide the revocation puts the proofs from before it under the new header.
    const mixed = await desk.write('mixed.json', JSON.stringify({ ...old, header: fresh.header }))
    const file = after.json.receipt
    const { hash: now } = after.json.block
    expect(outcomeOf(await offline(mixed, '--block-hash', now))).toEqual([2, 'state_proof_refused'])
    expect(outcomeOf(await offline(file, '--block-hash', now))).toEqual([1, 'revoked'])
    expect(outcomeOf(await offline(file, '--block-hash', stale))).toEqual([
      2,
      'block_hash_mismatch',
    ])
    expect(outcomeOf(await offline(file, '--block-hash', '0x12'))).toEqual([
      2,
      'block_hash_malformed',
    ])
    expect(outcomeOf(await offline(file))).toEqual([2, 'block_hash_missing'])
  }, 60_000)
})
