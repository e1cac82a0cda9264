import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accounts } from './anvil.ts'
import { run } from './command.ts'
import { altered, type Desk, type IssuedBatch, must, openDesk } from './desk.ts'
import { type Endpoint, startEndpoint } from './endpoint.ts'

describe('node scripts/audit.ts', () => {
  let desk: Desk
  let issued: IssuedBatch
  let service: Endpoint
  let answer: { status: number; headers?: Record<string, string>; body: string | Uint8Array }
  beforeAll(async () => {
    desk = await openDesk()
    issued = await desk.issue(['Ana', 'Bo', 'Çelik'])
    await must(desk.run(['anchor', '--batch', issued.batch, '--network', 'localhost', '--yes']))
    service = await startEndpoint((_body, _request, response) => {
      response.writeHead(answer.status, answer.headers).end(answer.body)
    })
  })
  afterAll(async () => {
    await service?.close()
    await desk?.close()
  })

  const issuer = ['--issuer', accounts.issuer]
  const audit = (...args: readonly string[]) =>
    run(process.execPath, ['scripts/audit.ts', '--rpc', desk.anvil.url, ...args])
  const auditJson = async (...args: readonly string[]) => {
    const { code, json } = await desk.runJson([
      'audit',
      ...issuer,
      '--rpc',
      desk.anvil.url,
      ...args,
    ])
    const { findings, unread } = json
    return [code, ...[...findings, ...unread].map((each: { code: string }) => each.code)]
  }

  it('says the same as the task', async () => {
    const args = [...issuer, '--batches', dirname(issued.batch)]
    const [alone, task] = await Promise.all([
      audit(...args),
      desk.run(['audit', ...args, '--rpc', desk.anvil.url]),
    ])
    expect(alone.stdout).toMatch(
      /rebuilt: root matches\nCredentials verified .*: 3 active\.\nNothing to object to\./,
    )
    expect(alone).toEqual({ ...task, stderr: alone.stderr })
  })

  it('ends with 0 where all is well, with 1 for findings, with 2 where it could not read', async () => {
    const changed = await altered(desk, issued.batch, 'Data Literacy', 'Data Mastery')
    const page = join(desk.folder, 'report.html')
    expect(await auditJson('--batches', issued.batch, '--html', page)).toEqual([0])
    expect(await readFile(page, 'utf8')).toContain('<h1>Nothing to object to.</h1>')
    expect(await auditJson('--batches', changed)).toEqual([1, 'batch_altered'])
    expect(await auditJson('--holders', dirname(issued.credentials[0] ?? ''))).toEqual([0])
    const { code, stdout } = await audit(...issuer)
    expect([code, stdout]).toEqual([0, expect.stringContaining('no tree was rebuilt')])
    answer = { status: 503, body: '' }
    expect(await auditJson('--service', service.url)).toEqual([2, 'leaves_unread'])
  })

  it('refuses what it does not understand, with exit code 2 and a sentence', async () => {
    for (const [args, said] of [
      [['--isuer', 'x'], 'arguments_malformed'],
      [[], 'issuer_missing'],
      [['--issuer', '0x12'], 'address_malformed'],
      [[...issuer, '--service', 'ftp://x'], 'url_malformed'],
      [[...issuer, '--service', 'https://user:secret@x.example'], 'url_malformed'],
      [[...issuer, '--batches', join(desk.folder, 'nowhere')], 'file_unusable'],
    ] as const) {
      const { code, stdout, stderr } = await audit(...args)
      expect([code, stdout], said).toEqual([2, ''])
      expect(stderr).toContain(`[${said}]`)
      const asJson = await audit(...args, '--json')
      expect([asJson.code, JSON.parse(asJson.stdout).error.code]).toEqual([2, said])
    }
  })

  it('asks every service that is named, and believes none beyond what can be recomputed', async () => {
    answer = { status: 404, body: '' }
    const closed = await startEndpoint(() => {})
    await closed.close()
    const both = ['--service', closed.url, '--service', service.url]
    // Twice the same option is what the task does not take.
    const { code, stdout } = await audit(...issuer, ...both, '--json')
    const { findings, unread } = JSON.parse(stdout)
    expect([code, findings, unread]).toMatchObject([2, [], [{ code: 'leaves_unread' }]])
    expect(await auditJson('--service', service.url)).toEqual([1, 'batch_withheld'])
    answer = { status: 302, headers: { location: 'http://127.0.0.1:9/' }, body: '' }
    expect(await auditJson('--service', service.url)).toEqual([2, 'leaves_unread'])
    answer = { status: 200, body: '' }
    expect(await auditJson('--service', service.url)).toEqual([1, 'leaves_malformed'])
    answer = { status: 200, body: Buffer.alloc(64, 1) }
    expect(await auditJson('--service', service.url)).toEqual([1, 'leaves_altered'])
    answer = { status: 200, body: Buffer.alloc(32_000_001) }
    expect(await auditJson('--service', service.url)).toEqual([2, 'leaves_unread'])
    const location = '/batches/../../elsewhere/leaves'
    answer = { status: 200, headers: { 'content-location': location }, body: Buffer.alloc(32, 1) }
    expect(await auditJson('--service', `${service.url}/`)).toEqual([1, 'leaves_altered'])
  })

  it('waits where it asks too often', async () => {
    let asked = 0
    const busy = await startEndpoint((_body, _request, response) => {
      asked += 1
      if (asked > 1) response.writeHead(404).end()
      else response.writeHead(429, { 'retry-after': '1' }).end()
    })
    expect(await auditJson('--service', busy.url)).toEqual([1, 'batch_withheld'])
    await busy.close()
    expect(asked).toBe(2)
  })
})
