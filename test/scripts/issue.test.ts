import { existsSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseBatchFile } from '../../core/batch-file.ts'
import { accounts } from './anvil.ts'
import { type CommandHost, hardhatJson, jsonOf, startCommandHost } from './command.ts'

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
    ])
    expect(codes).toEqual([
      'account_missing',
      'base_url',
      'address_malformed',
      'times_out_of_order',
      'criteria_missing',
      'file_unusable',
    ])
    expect(existsSync(join(folder, 'nothing'))).toBe(false)
  })
})
