import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseBatchFile } from '../../core/batch-file.ts'
import { leafOf } from '../../core/tree-path.ts'
import type { AuditReport } from '../../scripts/audit/report.ts'
import { registryInterface } from '../../server/chains.ts'
import { demoAccounts } from '../../server/demo-accounts.ts'
import { sendToRegistry } from '../server/chain-calls.ts'
import {
  type AuditStage,
  account,
  anchorAsExpired,
  anchorAsRevoker,
  dateBack,
  hidden,
  honest,
  openAuditStage,
  type StagedBatch,
} from './audit-stage.ts'
import { run } from './command.ts'
import { startProxy } from './endpoint.ts'

const size = 3
const leavesOf = (file: string) =>
  Buffer.concat(parseBatchFile(file).entries.map(({ digest }, i) => leafOf(digest, i)))
const sizes = (number: number) => (number === 2 ? 130 : size)

describe('an audit of an issuer with twenty batches', () => {
  let scene: AuditStage
  const batches: StagedBatch[] = []
  const clean: StagedBatch[] = []
  const batch = (sequence: number) => batches[sequence - 1] as StagedBatch
  const leavesPath = (sequence: number) => `/leaves/${account}/${batch(sequence).root}`

  beforeAll(async () => {
    scene = await openAuditStage()
    const { stage } = scene
    const { deployer, accreditor } = demoAccounts
    for (let number = 1; number <= 20; number++) {
      const anchor = {
        9: (root: string) => anchorAsExpired(stage, accreditor.address, root, size),
        10: (root: string) => anchorAsRevoker(stage, deployer.address, root, size),
        11: (root: string) => sendToRegistry(stage.chain, account, 'anchor', [root, size + 1]),
      }[number]
      batches.push(await scene.issue(sizes(number), anchor))
    }
    for (let number = 1; number <= 20; number++) clean.push(await scene.issueHonestly(2))
    const [first, second, third] = clean.map(({ root }) => root)
    await sendToRegistry(stage.chain, honest, 'revokeInBatch', [first, 1])
    await sendToRegistry(stage.chain, honest, 'suspend', [honest, second, 0, [1n]])
    await sendToRegistry(stage.chain, honest, 'withdraw', [honest, third])
    await stage.service.catchUp()
    // The service does not hand out what was anchored with another size; one that lies about it would.
    scene.lie(leavesPath(11), {
      status: 200,
      body: leavesOf(await readFile(batch(11).file, 'utf8')),
    })
    await sendToRegistry(stage.chain, account, 'revokeInBatch', [batch(2).root, 129])
    await sendToRegistry(stage.chain, account, 'revokeInBatch', [batch(4).root, 1])
    await sendToRegistry(stage.chain, account, 'suspend', [account, batch(4).root, 0, [4n]])
    await sendToRegistry(stage.chain, account, 'withdraw', [account, batch(6).root])
  })
  afterAll(() => scene?.close())

  const audit = async (
    more: readonly string[],
    rpc = scene.stage.chain.url,
    issuer: string = account,
  ) => {
    const registry = scene.stage.chain.contracts.registry
    const args = ['scripts/audit.ts', '--issuer', issuer, '--rpc', rpc, '--registry', registry]
    const { code, stdout, stderr } = await run(process.execPath, [...args, '--json', ...more])
    if (stdout === '') throw new Error(stderr)
    return { code, report: JSON.parse(stdout) as AuditReport }
  }
  const told = ({ findings }: AuditReport) =>
    findings.map(({ code, sequence }) => `${sequence ?? '-'} ${code}`)
  /** What holds already, because it stands on the chain. */
  const onChain = ['9 operator_expired', '10 operator_unauthorized', '11 batch_size']

  it('finds what is wrong on the chain, and nothing about the others', async () => {
    const { code, report } = await audit(['--service', scene.url])
    expect([code, told(report).sort(), report.unread]).toEqual([1, [...onChain].sort(), []])
    expect(report.count).toBe(20)
    expect(report.batches.filter(({ rebuilt }) => rebuilt)).toHaveLength(19)
    for (const { sequence, statusLists } of report.batches) {
      if (sequence === 11) continue // It is not published under an id.
      expect(statusLists, `${sequence}`).toEqual({ revocation: 'agrees', suspension: 'agrees' })
    }
    expect(report.batches[3]).toMatchObject({ revoked: 1, suspended: 1 })
    expect(report.changes.map(({ kind, root, count }) => [kind, root, count])).toEqual([
      ['revoked', batch(2).root, 1],
      ['revoked', batch(4).root, 1],
      ['suspended', batch(4).root, 1],
      ['withdrawn', batch(6).root, size],
    ])
  })

  it('finds nothing where nothing is wrong', async () => {
    const held = join(scene.folder, 'held')
    await mkdir(held)
    for (const [i, { credentials }] of clean.slice(0, 4).entries()) {
      const { text } = await scene.stage.ask(`GET /credentials/${credentials[0]}`)
      await writeFile(join(held, `${i}.json`), text)
    }
    const files = clean.map(({ file }) => file).join(',')
    const args = ['--service', scene.url, '--batches', files, '--holders', held]
    const run = (...more: string[]) =>
      audit([...args, '--credentials', 'all', ...more], undefined, honest)
    for (const { code, report } of await Promise.all([run(), run('--proof')])) {
      expect([code, report.findings, report.unread]).toEqual([0, [], []])
      expect(report.batches.filter(({ rebuilt }) => rebuilt)).toHaveLength(20)
      expect(report.credentials).toEqual({
        ofHolders: 4,
        inFiles: 40,
        drawn: 40,
        standings: { active: 38, revoked: 1, suspended: 2, withdrawn: 3 },
      })
    }
  })

  it('finds every planted fault, and no others, with proofs and without', async () => {
    const { stage, url, lie, folder } = scene
    const read = async (path: string) =>
      Buffer.from(await (await fetch(`${url}${path}`)).arrayBuffer())
    const listPath = (sequence: number) => `/batches/${batch(sequence).id}/status/revocation`

    lie(leavesPath(3), { status: 404, body: '' })

    const changed = join(folder, 'changed.ndjson')
    const text = await readFile(batch(5).file, 'utf8')
    await writeFile(changed, text.replace('Data Literacy', 'Data Mastery'))

    const old = await read(listPath(7))
    await sendToRegistry(stage.chain, account, 'revokeInBatch', [batch(7).root, 2])
    lie(listPath(7), { body: old })

    lie(leavesPath(8), { body: (await read(leavesPath(8))).subarray(0, 64) })
    lie(leavesPath(12), { body: Buffer.alloc(33) })
    await dateBack(stage, batch(13).root, 86_400n * 200n)

    const forged = JSON.parse(String(await read(listPath(14))))
    forged.validUntil = '2099-01-01T00:00:00Z'
    lie(listPath(14), { body: JSON.stringify(forged) })
    lie(`/batches/${batch(15).id}/status/suspension`, { body: await read(listPath(15)) })

    const leaves = await read(leavesPath(17))
    const swapped = [32, 0, 64].map((from) => leaves.subarray(from, from + 32))
    lie(leavesPath(17), { body: Buffer.concat(swapped) })

    const handedOut = async (sequence: number, name: string, change: (text: string) => string) => {
      const answer = await stage.ask(`GET /credentials/${batch(sequence).credentials[0]}`)
      const path = join(folder, 'holders', `${name}.json`)
      await writeFile(path, change(answer.text))
    }
    const dated = (created: string) => (source: string) =>
      source.replace(/"created":"[^"]*"/, `"created":"${created}"`)
    await mkdir(join(folder, 'holders'))
    await handedOut(16, 'honest', (source) => source)
    await handedOut(18, 'back', dated('2020-01-01T00:00:00Z'))
    await handedOut(19, 'ahead', dated('2090-01-01T00:00:00Z'))
    await handedOut(20, 'changed', (source) => source.replace('Data Literacy', 'Data Mastery'))

    const args = [
      ['--service', url],
      ['--batches', [changed, batch(17).file, batch(16).file].join(',')],
      ['--holders', join(folder, 'holders')],
    ].flat()
    const page = join(folder, 'report.html')
    const proving = [...args, '--proof', '--html', page]
    const audits = await Promise.all([audit(args), audit(proving)])
    const planted = [
      ...onChain,
      '3 batch_withheld',
      '5 batch_altered',
      '7 status_list_disagrees',
      '8 leaves_altered',
      '12 leaves_malformed',
      '13 anchor_backdated',
      '14 status_list_forged',
      '15 status_list_foreign',
      '17 leaves_differ',
      '18 signature_backdated',
      '19 signature_postdated',
      '- credential_altered',
    ]
    planted.sort()
    for (const { code, report } of audits) {
      expect([code, told(report).sort(), report.unread]).toEqual([1, planted, []])
      expect(report.credentials).toMatchObject({ ofHolders: 4, inFiles: 6, drawn: 6 })
      const list = report.findings.find(({ code: each }) => each === 'status_list_disagrees')
      expect(list?.message).toContain('1 of 3 credentials: status index 2')
    }
    const [reported, proved] = audits.map(({ report }) => report)
    expect(reported?.basis).toEqual({ endpoint: stage.chain.url })
    expect(proved?.basis).toMatchObject({
      proved: { blockHash: proved?.block.hash, hashFrom: `which ${stage.chain.url} names` },
    })
    const html = await readFile(page, 'utf8')
    expect(html).toContain(`${planted.length} findings.`)
    expect(html).toContain(`proved against block hash ${proved?.block.hash}`)
    for (const { sequence, root } of proved?.batches ?? []) {
      expect(html).toContain(`id="batch-${sequence}"`)
      expect(html).toContain(root)
    }
    for (const each of proved?.findings ?? []) expect(html).toContain(`<code>${each.code}</code>`)
  })

  it('does not take silence for guilt: what cannot be read is told apart', async () => {
    const hidden = (method: string, result: unknown) =>
      method === 'eth_getTransactionByHash' ? null : result
    const proxy = await startProxy(scene.stage.chain.url, hidden)
    scene.lie(`/leaves/${account}/${batch(1).root}`, { status: 500, body: '' })
    const { report } = await audit(['--service', scene.url], proxy.url)
    await proxy.close()
    const unread = report.unread.map(({ code, sequence }) => `${sequence} ${code}`)
    expect(unread).toContain('1 leaves_unread')
    expect(unread.filter((each) => each.endsWith('transaction_unread'))).toHaveLength(20)
    expect(told(report)).not.toContain('9 operator_expired')
    expect(told(report)).not.toContain('1 batch_withheld')
  })

  it('says of status lists under a DID that it cannot read that they were not read, and no more', async () => {
    const { file, root } = await scene.issueHidden(2)
    await sendToRegistry(scene.stage.chain, hidden, 'revokeInBatch', [root, 1])
    await scene.stage.service.catchUp()
    const args = ['--service', scene.url, '--batches', file]
    const { code, report } = await audit(args, undefined, hidden)
    expect([code, report.findings]).toEqual([2, []])
    expect(report.unread.map((each) => each.code)).toEqual([
      'status_list_unverified',
      'status_list_unverified',
      'did_document_unreachable',
    ])
    expect(report.batches[0]?.statusLists).toEqual({ revocation: 'unread', suspension: 'unread' })
    for (const { message } of report.unread.slice(0, 2)) {
      expect(message).toMatch(
        /could not be read.*says nothing against the list.*PINNED_DOCUMENTS_DIR/,
      )
      expect(message).not.toContain('No verifier')
    }
  })

  it('reads no more than there can be of a batch that claims to be huge', async () => {
    const { stage, url } = scene
    const { accreditor } = demoAccounts
    const root = `0x${'5a'.repeat(32)}`
    await sendToRegistry(stage.chain, accreditor.address, 'anchor', [root, 2 ** 32 - 1])
    const { code, report } = await audit(['--service', url, '--issuer', accreditor.address])
    expect([code, told(report)]).toEqual([1, ['1 batch_withheld']])
    expect(report.unread.map((each) => each.code)).toEqual(['statuses_unread'])
  })

  it('notices an endpoint that hides a revocation from the log, and one that hides it from the state', async () => {
    const { url } = scene.stage.chain
    const { topicHash } = registryInterface.getEvent('Revoked') as { topicHash: string }
    const fromLog = (method: string, result: unknown) =>
      method === 'eth_getLogs'
        ? (result as { topics: string[] }[]).filter(({ topics }) => topics[0] !== topicHash)
        : result
    const bit = `${'0'.repeat(63)}2`
    const fromState = (method: string, result: unknown) =>
      method === 'eth_call' && typeof result === 'string' && result.endsWith(`1${bit}`)
        ? `${result.slice(0, -1)}0`
        : result
    const proxies = await Promise.all([startProxy(url, fromLog), startProxy(url, fromState)])
    const [log, state] = await Promise.all(proxies.map((proxy) => audit([], proxy.url)))
    await Promise.all(proxies.map((proxy) => proxy.close()))
    const differing = (found: typeof log) =>
      told(found?.report as AuditReport).filter((each) => each.includes('status_log_differs'))
    expect(differing(log)).toEqual([2, 4, 7].map((sequence) => `${sequence} status_log_differs`))
    expect(differing(state)).toEqual(['4 status_log_differs'])
  })
})
