import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseBatchFile } from '../../core/batch-file.ts'
import { accounts } from './anvil.ts'
import { type CommandHost, hardhatJson, jsonOf, projectRoot, startCommandHost } from './command.ts'

let folder: string
let host: CommandHost
const terms = ['--account', accounts.issuer, '--chain', '31337']

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rootmark-issue-'))
  host = startCommandHost({})
})
afterAll(async () => {
  host.close()
  await rm(folder, { recursive: true, force: true })
})

const issueJson = async (...args: string[]) =>
  jsonOf(args, await host.run(['issue', ...args, '--json']))

describe('issue, which needs neither a server nor a chain', () => {
  it('makes a batch file that leads to its root, and a credential for each learner of the examples', async () => {
    const out = join(folder, 'examples')
    const { code, json } = await hardhatJson(['issue', ...terms, '--out', out])
    expect(code).toBe(0)
    const batch = parseBatchFile(await readFile(json.batch, 'utf8'))
    expect([batch.root, batch.entries.length, batch.target.issuer]).toEqual([
      json.root,
      240,
      accounts.issuer,
    ])
    const files = await readdir(json.credentials)
    const ids = batch.entries.map(
      ({ credential }) => `${String(credential['id']).slice('urn:uuid:'.length)}.json`,
    )
    expect(files.toSorted()).toEqual(ids.toSorted())
    const first = JSON.parse(await readFile(join(json.credentials, files[0] as string), 'utf8'))
    expect(first.proof).toMatchObject([{ cryptosuite: 'merkle-anchor-2026' }])
    expect((await stat(json.batch)).mode & 0o077).toBe(0)
    expect((await stat(json.folder)).mode & 0o077).toBe(0)
    expect(await readdir(out)).toEqual([json.id])
  })

  it.each([
    ['empty', 'roster.csv', '', 'roster_empty'],
    ['only a header', 'roster.csv', 'name,email\n', 'roster_empty'],
    [
      'a learner twice',
      'roster.csv',
      'name,email\nAda,a@x.example\nAda,A@x.example\n',
      'learner_duplicate',
    ],
    ['no e-mail column', 'roster.csv', 'name,result\nAda,A\n', 'column_missing'],
    [
      'not UTF-8',
      'roster.csv',
      Buffer.from('name,email\nJos\xe9,j@x.example\n', 'latin1'),
      'utf8_invalid',
    ],
    [
      'a line of 50 MB',
      'roster.csv',
      `name,email\n${'x'.repeat(50_000_000)},a@x.example\n`,
      'line_too_long',
    ],
  ])('leaves nothing behind for a roster that is %s', async (_, name, content, code) => {
    const roster = join(folder, name)
    await writeFile(roster, content)
    const out = join(folder, 'nothing')
    const finished = await issueJson('--roster', roster, ...terms, '--out', out)
    expect([finished.code, finished.json.error.code]).toEqual([1, code])
    expect(finished.json.error.message).toContain(roster)
    expect(existsSync(out)).toBe(false)
  })

  it('takes a packed roster, packs the batch file, and takes credentials out of it when asked', async () => {
    const roster = join(folder, 'packed.csv.gz')
    const rows = Array.from({ length: 600 }, (_, i) => `Ada ${i},a${i}@x.example`)
    await writeFile(roster, gzipSync(`name,email\n${rows.join('\n')}\n`))
    const out = join(folder, 'packed')
    const packed = ['--gzip', '--credentials', 'none', '--out', out]
    const { json } = await issueJson('--roster', roster, ...terms, ...packed)
    expect([json.size, json.credentials]).toEqual([600, undefined])
    expect(await readdir(json.folder)).toEqual(['batch.ndjson.gz'])
    const batch = parseBatchFile(gunzipSync(await readFile(json.batch)).toString('utf8'))
    expect([batch.root, batch.id]).toEqual([json.root, json.id])

    const ids = [3, 599].map((at) => String(batch.entries[at]?.credential['id']))
    await writeFile(join(folder, 'ids'), ids.join('\n'))
    const taken = async (...named: readonly string[]) => {
      const to = join(folder, `taken${named[0] ?? ''}`)
      const args = ['credentials', '--batch', json.batch, ...named, '--out', to, '--json']
      const finished = jsonOf(args, await host.run(args))
      return finished.code === 0 ? (await readdir(to)).toSorted() : finished.json.error.code
    }
    const files = ids.map((id) => `${id.slice('urn:uuid:'.length)}.json`).toSorted()
    expect(await taken('--ids', join(folder, 'ids'))).toEqual(files)
    expect(await taken('--index', '3,599')).toEqual(files)
    expect(await taken('--index', '600')).toBe('status_index_unknown')
    expect(await taken()).toHaveLength(600)
    expect(await taken()).toBe('folder_taken')
  })

  it('leaves nothing behind where it is interrupted', async () => {
    const roster = join(folder, 'long.csv')
    const rows = Array.from({ length: 100_000 }, (_, i) => `Ada ${i},a${i}@x.example`)
    await writeFile(roster, `name,email\n${rows.join('\n')}\n`)
    const out = join(folder, 'interrupted')
    const cli = join(projectRoot, 'node_modules/hardhat/dist/src/cli.js')
    const args = ['issue', '--roster', roster, ...terms, '--out', out]
    const child = spawn(process.execPath, [cli, ...args], { cwd: projectRoot, stdio: 'ignore' })
    const ended = once(child, 'exit')
    const begun = async () =>
      existsSync(out) &&
      (await readdir(out, { recursive: true })).some((it) => it.endsWith('.ndjson'))
    while (child.exitCode === null && !(await begun())) await setTimeout(20)
    expect((await stat(join(out, ...(await readdir(out))))).mode & 0o077).toBe(0)
    child.kill('SIGINT')
    expect(await ended).toEqual([null, 'SIGINT'])
    expect(await readdir(out)).toEqual([])
  })

  it('says what else is missing or wrong', async () => {
    const achievement = join(folder, 'achievement.json')
    await writeFile(achievement, '{"name":"Course","description":"About it","criteria":{}}')
    const out = ['--out', join(folder, 'nothing')]
    const codeOf = async (...args: string[]) => (await issueJson(...args, ...out)).json.error.code
    const codes = await Promise.all([
      codeOf(),
      codeOf('--account', accounts.issuer, '--chain', '11155111'),
      codeOf('--account', '0x1234', '--chain', '1'),
      codeOf(
        ...terms,
        '--valid-from',
        '2026-01-02T00:00:00Z',
        '--valid-until',
        '2026-01-01T00:00:00Z',
      ),
      codeOf(...terms, '--achievement', achievement),
      codeOf(...terms, '--issuer', join(folder, 'nobody.json')),
      codeOf(...terms, '--credentials', 'some'),
    ])
    expect(codes).toEqual([
      'account_missing',
      'base_url',
      'address_malformed',
      'times_out_of_order',
      'criteria_missing',
      'file_unusable',
      'credentials_choice',
    ])
    expect(existsSync(join(folder, 'nothing'))).toBe(false)
  })
})
