import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accounts } from './anvil.ts'
import { accredit, type Desk, must, openDesk } from './desk.ts'

let desk: Desk
let folder: string
let pathway: string
let roster: string

/** Issues and anchors one course to learners of these names, and gives the folder of its credentials. */
async function course(name: string, names: readonly string[]): Promise<string> {
  const achievement = await desk.write(
    `${name}.json`,
    JSON.stringify({
      id: `https://uni.example/${name}`,
      name,
      description: 'A course.',
      criteria: { narrative: 'Passed.' },
      creditsAvailable: 3,
    }),
  )
  const rows = names.map((one) => `${one},${one.toLowerCase()}@example.org`)
  const learners = await desk.write('learners.csv', `name,email\n${rows.join('\n')}\n`)
  const { json } = await desk.runJson([
    ...['issue', '--roster', learners, '--achievement', achievement],
    ...['--network', 'localhost', '--out', join(desk.folder, name)],
  ])
  await anchor(json.batch)
  return json.credentials
}

const anchor = (batch: string) =>
  must(desk.run(['anchor', '--batch', batch, '--network', 'localhost', '--yes']))

async function filesIn(path: string): Promise<readonly string[]> {
  return (await readdir(path)).map((name) => join(path, name))
}

beforeAll(async () => {
  desk = await openDesk()
  await accredit(desk)
  const first = await course('Statistics', ['Ada', 'Bob'])
  const second = await course('Charts', ['Ada'])
  folder = `${first},${second}`
  pathway = await desk.write(
    'pathway.json',
    JSON.stringify({
      format: 'rootmark-pathway-1',
      id: 'https://uni.example/pathways/data',
      name: 'Certificate in data',
      policy: 'award-revoked',
      achievement: {
        name: 'Certificate in data',
        description: 'Two courses.',
        criteria: { narrative: 'Both.' },
      },
      every: { issuers: [`did:pkh:eip155:31337:${accounts.issuer}`] },
      rule: { credits: 6 },
    }),
  )
  roster = await desk.write('roster.csv', 'name,email\nAda,ada@example.org\nBob,bob@example.org\n')
}, 120_000)
afterAll(() => desk?.close())

const award = (...args: string[]) =>
  desk.runJson([
    ...['award', '--pathway', pathway, '--roster', roster, '--components', folder],
    ...['--out', join(desk.folder, 'awards'), '--account', accounts.issuer, '--chain', '31337'],
    ...args,
  ])

describe('pathway check', () => {
  it('reads a pathway, and says what is wrong with one', async () => {
    const { code, json } = await desk.runJson(['pathway', 'check', pathway])
    expect([code, json.asks, json.policy]).toEqual([
      0,
      expect.stringContaining('6 ECTS by did:pkh'),
      'award-revoked',
    ])
    const bad = await desk.write(
      'bad.json',
      (await readFile(pathway, 'utf8')).replace('"credits":6', '"credits":"6"'),
    )
    const refused = await desk.runJson(['pathway', 'check', bad])
    expect([refused.code, refused.json.error.code, refused.json.error.pointer]).toEqual([
      1,
      'pathway_malformed',
      '/rule/credits',
    ])
    expect((await desk.run(['pathway', 'check'])).stderr).toContain('name a pathway')
  })

  it('says what somebody misses, by the credentials of theirs', async () => {
    const [first, second] = folder.split(',') as [string, string]
    const asked = (...args: string[]) => desk.run(['pathway', 'check', pathway, ...args])
    const whole = await asked(first, second, '--email', 'ada@example.org')
    expect([whole.code, whole.stdout]).toEqual([0, expect.stringMatching(/^FULFILLED/)])
    const bobs = await asked(first, second, '--email', 'bob@example.org')
    expect(bobs.code).toBe(1)
    expect(bobs.stdout).toContain('missing  3 more ECTS')
    expect(bobs.stdout).toContain('about somebody else')
    expect((await asked(first)).code).toBe(2)
  })
})

describe('award', () => {
  it('says who misses what, and writes nothing, with --dry-run', async () => {
    const { code, json } = await award('--dry-run')
    expect(code).toBe(0)
    expect(
      json.learners.map((one: Record<string, unknown>) => [
        one['name'],
        one['outcome'],
        one['missing'],
      ]),
    ).toEqual([
      ['Ada', 'met', []],
      ['Bob', 'unmet', [`3 more ECTS by did:pkh:eip155:31337:${accounts.issuer}`]],
    ])
    await expect(readdir(join(desk.folder, 'awards'))).rejects.toThrow('ENOENT')
  })

  it('makes awards that are anchored and checked like any credential, and follow from their parts', async () => {
    const { code, json } = await award()
    expect([code, json.size]).toEqual([0, 1])
    await anchor(json.batch)
    const [file] = (await filesIn(join(json.folder, 'credentials'))) as [string]
    expect((await desk.run(['check', file])).code).toBe(0)
    const [first, second] = folder.split(',') as [string, string]
    const stack = (...args: string[]) =>
      desk.run(['pathway', 'check', pathway, '--award', file, ...args])
    const report = await stack(first, second, '--email', 'ada@example.org')
    expect([report.code, report.stdout]).toEqual([0, expect.stringContaining('2 of 2 verified')])
    const withheld = await stack(second)
    expect([withheld.code, withheld.stdout]).toEqual([
      2,
      expect.stringContaining('components_withheld'),
    ])
    const [component] = (await filesIn(second)) as [string]
    await must(desk.run(['revoke', component, '--network', 'localhost', '--yes']))
    const revoked = await desk.runJson([
      'pathway',
      'check',
      pathway,
      '--award',
      file,
      first,
      second,
    ])
    expect([revoked.code, revoked.json.reason]).toEqual([1, 'award_revoked'])
    // Nobody qualifies any more, and nothing is made.
    const again = await award()
    expect([again.code, again.json.error.code]).toEqual([1, 'nobody_qualifies'])
  })
})
