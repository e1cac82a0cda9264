import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accounts } from './anvil.ts'
import { altered, type Desk, type IssuedBatch, must, openDesk } from './desk.ts'
import { startProxy } from './endpoint.ts'

describe('audit', () => {
  let desk: Desk
  let first: IssuedBatch
  let second: IssuedBatch
  const audit = (...more: readonly string[]) => ['audit', '--issuer', accounts.issuer, ...more]
  const codesOf = (json: { findings: { code: string }[] }) => json.findings.map(({ code }) => code)

  beforeAll(async () => {
    desk = await openDesk()
    first = await desk.issue(['Ana', 'Bo', 'Çelik'])
    second = await desk.issue(['Dilşad', 'Émile', 'Fatou', 'Gül', 'Håkon', 'İbrahim', 'Jürgen'])
    for (const { batch } of [first, second]) {
      await must(desk.run(['anchor', '--batch', batch, '--network', 'localhost', '--yes']))
    }
    await must(
      desk.run([
        'revoke',
        '--batch',
        second.batch,
        '--index',
        '1,5',
        '--network',
        'localhost',
        '--yes',
      ]),
    )
  })
  afterAll(() => desk.close())

  it('lists every batch, and rebuilds those at hand without Rootmark’s own tree', async () => {
    const { code, json } = await desk.runJson(audit('--batches', dirname(dirname(first.batch))))
    expect([code, json.findings, json.count]).toEqual([0, [], 2])
    expect(json.batches).toMatchObject([
      { sequence: 1, root: first.root, size: 3, revoked: 0, rebuilt: true },
      { sequence: 2, root: second.root, size: 7, revoked: 2, suspended: 0, rebuilt: true },
    ])
  })

  it('notices a batch that is withheld, changed, cut, never anchored or somebody else’s', async () => {
    const changed = await altered(desk, second.batch, 'Data Literacy', 'Data Mastery')
    const unsent = await desk.issue(['Kofi'])
    const text = await readFile(first.batch, 'utf8')
    const foreign = await desk.write(
      'foreign.ndjson',
      text.replaceAll(accounts.issuer, accounts.stranger),
    )
    const broken = await desk.write('broken.ndjson', 'not a batch')
    const [alone, all] = await Promise.all([
      desk.runJson(audit('--batches', first.batch)),
      desk.runJson(
        audit('--batches', [first.batch, changed, unsent.batch, foreign, broken].join(',')),
      ),
    ])
    expect([alone.code, all.code]).toEqual([1, 1])
    expect(alone.json.findings).toMatchObject([
      { code: 'batch_withheld', sequence: 2, root: second.root },
    ])
    expect(codesOf(all.json)).toEqual([
      'batch_altered',
      'batch_not_anchored',
      'batch_foreign',
      'json_malformed',
    ])
  })

  it('notices an endpoint that hides an anchor and a revocation, and one that makes anchors up', async () => {
    const hide = (method: string, result: unknown) =>
      method === 'eth_getLogs' ? (result as unknown[]).slice(1) : result
    const invent = (method: string, result: unknown) =>
      method === 'eth_getLogs'
        ? (result as { topics: string[] }[]).map((log) => ({
            ...log,
            topics: [...log.topics.slice(0, 2), `0x${'ab'.repeat(32)}`],
          }))
        : result
    const [hiding, inventing] = await Promise.all([
      startProxy(desk.anvil.url, hide),
      startProxy(desk.anvil.url, invent),
    ])
    const found = await Promise.all([
      desk.runJson(audit('--rpc', hiding.url)),
      desk.runJson(audit('--rpc', inventing.url)),
    ])
    await Promise.all([hiding.close(), inventing.close()])
    expect(found.map(({ code }) => code)).toEqual([1, 1])
    expect(found[0]?.json.findings).toMatchObject([
      { code: 'anchor_not_logged', sequence: 1 },
      { code: 'status_log_differs', sequence: 2 },
    ])
    expect(new Set(codesOf(found[1]?.json))).toEqual(
      new Set(['anchor_not_logged', 'anchor_not_in_state']),
    )
  })

  it('finds nothing of an account that never anchored, and refuses what is not an account', async () => {
    const [stranger, nobody, text] = await Promise.all([
      desk.runJson(['audit', '--issuer', accounts.stranger]),
      desk.runJson(['audit', '--issuer', '0x12']),
      desk.run(audit('--batches', join(desk.folder, 'out'))),
    ])
    expect(stranger.json).toMatchObject({ count: 0, batches: [], findings: [] })
    expect(nobody.json.error.code).toBe('address_malformed')
    expect(text.stdout).toContain('2 revoked, rebuilt: root matches')
  })
})
