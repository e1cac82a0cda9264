import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { statusBits } from '../../core/status-list.ts'
import type { AnchoredBatch } from '../../scripts/audit/chain.ts'
import { rebuildBatch } from '../../scripts/audit/rebuild.ts'
import type { AuditReport } from '../../scripts/audit/report.ts'
import { findStrangers } from '../../scripts/audit/strangers.ts'
import { demoAccounts } from '../../server/demo-accounts.ts'
import { findIssuer } from '../../server/issuers.ts'
import { signList } from '../../server/signed-list.ts'
import { signerOf } from '../../server/signing.ts'
import { sendToRegistry } from '../server/chain-calls.ts'
import {
  type AuditStage,
  account,
  anchorAsRemoved,
  openAuditStage,
  type StagedBatch,
} from './audit-stage.ts'
import { run } from './command.ts'

const size = 4
const numbers = Array.from({ length: 20 }, (_, i) => i + 1)

describe('an audit of twenty batches with faults that are harder to see', () => {
  let scene: AuditStage
  let folder: string
  const batches: StagedBatch[] = []
  const batch = (sequence: number) => batches[sequence - 1] as StagedBatch
  const leavesPath = (sequence: number) => `/leaves/${account}/${batch(sequence).root}`
  const listPath = (sequence: number, purpose = 'revocation') =>
    `/batches/${batch(sequence).id}/status/${purpose}`
  const read = async (path: string) =>
    Buffer.from(await (await fetch(`${scene.url}${path}`)).arrayBuffer())
  /** Hands a batch file over, perhaps changed. */
  const hand = async (sequence: number, change: (lines: string[]) => readonly string[]) => {
    const lines = (await readFile(batch(sequence).file, 'utf8')).trim().split('\n')
    await writeFile(join(folder, 'files', `${sequence}.ndjson`), `${change(lines).join('\n')}\n`)
  }
  const hold = async (sequence: number) => {
    const { text } = await scene.stage.ask(`GET /credentials/${batch(sequence).credentials[1]}`)
    await writeFile(join(folder, 'held', `${sequence}.json`), text)
  }
  /** A list as the named issuer's own key signs it. */
  const signed = async (slug: string, sequence: number, ended: readonly number[]) => {
    const { database, secretBox } = scene.stage.service
    const issuer = await findIssuer(database.db, slug)
    const signer = issuer && (await signerOf({ db: database.db, box: secretBox }, issuer))
    if (!signer) throw new Error(`${slug} has no key`)
    const id = `https://credentials.invalid${listPath(sequence)}`
    const terms = { id, issuer: String(issuer.profile['id']), purpose: 'revocation' }
    return (await signList(signer, { ...terms, bits: statusBits(ended, size) }, Date.now())).body
  }

  beforeAll(async () => {
    scene = await openAuditStage()
    const { stage, lie } = scene
    folder = scene.folder
    for (const name of ['files', 'held']) await mkdir(join(folder, name))
    for (const number of numbers) {
      const anchor =
        {
          12: (root: string) => anchorAsRemoved(stage, demoAccounts.accreditor.address, root, size),
          13: (root: string) => sendToRegistry(stage.chain, account, 'anchor', [root, size + 1]),
        }[number] ??
        ((root: string) => sendToRegistry(stage.chain, account, 'anchor', [root, size]))
      const terms = number === 18 ? { validFrom: '2012-07-01T00:00:00Z' } : {}
      batches.push(await scene.issue(size, anchor, terms))
    }
    await stage.service.catchUp()
    const leaves = await read(leavesPath(4))
    lie(leavesPath(2), { body: await read(leavesPath(3)) })
    lie(leavesPath(4), {
      body: Buffer.concat([96, 64, 32, 0].map((at) => leaves.subarray(at, at + 32))),
    })

    lie(listPath(5, 'suspension'), { body: await read(listPath(5, 'suspension')) })
    await sendToRegistry(stage.chain, account, 'suspend', [account, batch(5).root, 0, [2n]])
    lie(listPath(6), { body: await signed('westfield', 6, [3]) })
    lie(listPath(7), { body: await signed('eastfield', 7, []) })
    lie(listPath(8), { body: await read(listPath(9)) })
    lie(listPath(10), { body: await read(listPath(10, 'suspension')) })
    lie(listPath(11), { body: await read(listPath(11)) })
    await sendToRegistry(stage.chain, account, 'withdraw', [account, batch(11).root])

    for (const number of [4, 18]) await hold(number)
    for (const number of [1, 13]) await hand(number, (lines) => lines)
    await writeFile(join(folder, 'files', 'again.ndjson'), await readFile(batch(1).file))
    await hand(14, ([head = '', ...lines]) => [head.replace('"size":4', '"size":9'), ...lines])
    await hand(15, ([head = '', first = '', second = '', ...rest]) => [
      head,
      second,
      first,
      ...rest,
    ])
    await hand(16, (lines) => lines.slice(0, -1))
    await hand(17, ([head = '', ...lines]) => [
      head.replace(batch(17).root, batch(19).root),
      ...lines,
    ])
    await anchorAgain(1)
    const other = (await readFile(batch(3).file, 'utf8')).split('\n')
    await hand(20, (lines) => [...lines.slice(0, 3), other[3] ?? '', ...lines.slice(4)])
  })
  afterAll(() => scene?.close())

  /** Anchors the credentials of a batch once more, with other salts, and hands the file over. */
  const anchorAgain = async (sequence: number) => {
    const lines = (await readFile(batch(sequence).file, 'utf8')).trim().split('\n')
    const salted = lines.map((line, i) =>
      i === 0 ? line : line.replace(/"salt":"0x[0-9a-f]{2}/, '"salt":"0x77'),
    )
    const { root } = rebuildBatch(salted.join('\n'))
    const text = salted.join('\n').replace(batch(sequence).root, root)
    await writeFile(join(folder, 'files', 'twin.ndjson'), `${text}\n`)
    await sendToRegistry(scene.stage.chain, account, 'anchor', [root, size])
  }

  it('finds each of them, by name, and nothing else', async () => {
    const args = [
      [
        'scripts/audit.ts',
        '--issuer',
        account,
        '--rpc',
        scene.stage.chain.url,
        '--json',
        '--proof',
      ],
      ['--registry', scene.stage.chain.contracts.registry, '--service', scene.url],
      ['--batches', join(folder, 'files'), '--holders', join(folder, 'held')],
      ['--credentials', 'all'],
    ].flat()
    const page = join(folder, 'report.html')
    const { code, stdout, stderr } = await run(process.execPath, [...args, '--html', page])
    if (stdout === '') throw new Error(stderr)
    const report = JSON.parse(stdout) as AuditReport
    const where = ({ sequence, file }: AuditReport['findings'][number]) =>
      sequence ?? file?.replace(/^.*\//, '') ?? '-'
    const told = report.findings.map((each) => `${where(each)} ${each.code}`)
    expect(told.sort()).toEqual(
      [
        '2 leaves_altered',
        '4 leaves_differ',
        '5 status_list_disagrees',
        '6 status_list_disagrees',
        '7 status_issuer_mismatch',
        '8 status_list_foreign',
        '10 status_list_foreign',
        '11 status_list_disagrees',
        '12 operator_unauthorized',
        '13 batch_size',
        '14 batch_file_incomplete',
        '15.ndjson status_mismatch',
        '16 batch_altered',
        '17 batch_file_altered',
        '20 batch_altered',
        '21 credential_repeated',
      ].sort(),
    )
    expect([code, report.unread]).toEqual([1, []])
    expect(report.notes.map((each) => each.code)).toEqual(['validity_predates_anchor'])
    expect(await readFile(page, 'utf8')).toContain('Worth asking')
  })
})

describe('who has to sign status lists, where no credential tells', () => {
  const list = (sequence: number, issuerId: string) => ({
    issuerId,
    batch: { sequence, root: `0x${sequence}` } as AnchoredBatch,
    purpose: 'revocation' as const,
    url: `https://lists.example/${sequence}`,
  })
  const strangers = (issuers: readonly string[], known: readonly string[] = []) =>
    findStrangers(
      issuers.map((issuer, i) => list(i + 1, issuer)),
      new Set(known),
    ).map(({ finding }) => `${finding.sequence} ${finding.code}`)

  it('is whom most lists name, and nobody where they are divided', () => {
    expect(strangers(['a', 'a', 'b'])).toEqual(['3 status_issuer_mismatch'])
    expect(strangers(['a', 'b'])).toEqual([])
    expect(strangers([])).toEqual([])
  })

  it('is rather whom credentials at hand name, however many lists differ', () => {
    expect(strangers(['a', 'a', 'b'], ['b'])).toEqual([
      '1 status_issuer_mismatch',
      '2 status_issuer_mismatch',
    ])
    expect(strangers(['a', 'b'], ['a', 'b'])).toEqual([])
  })
})
