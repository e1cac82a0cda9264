import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Anvil, accounts, startAnvil } from './anvil.ts'
import { accredit, type Desk, type IssuedBatch, must, openDesk } from './desk.ts'

const onOld = ['--network', 'localhost', '--yes']

describe('a batch whose chain dies', () => {
  let desk: Desk
  let fresh: Anvil
  let batch: IssuedBatch
  let trust: string
  let out: string
  let record: string
  let byIndex: readonly string[]
  /** The new chain as the network of the commands; the old one is named by its endpoint only. */
  const onNew = () => ({ env: { LOCALHOST_RPC_URL: fresh.url, CHAIN_RPC_URL: '' } })

  beforeAll(async () => {
    desk = await openDesk()
    fresh = await startAnvil(31338)
    await accredit(desk)
    await must(desk.run(['deploy', '--network', 'localhost', '--out', desk.folder], onNew()))
    batch = await desk.issue(['Ana', 'Bo', 'Çağla', 'Dao', 'Ewa'])
    const indexes = new Map<number, string>()
    for (const file of batch.credentials) {
      const { credentialStatus } = JSON.parse(await readFile(file, 'utf8'))
      indexes.set(Number([credentialStatus].flat()[0].statusListIndex), file)
    }
    byIndex = batch.credentials.map((_, i) => indexes.get(i) as string)
    await must(desk.run(['anchor', '--batch', batch.batch, ...onOld]))
    await must(desk.run(['revoke', byIndex[1] as string, ...onOld]))
    await must(desk.run(['suspend', byIndex[3] as string, ...onOld]))
    const chains = { 31337: {}, 31338: { testNetwork: true } }
    trust = await desk.write(
      'both.json',
      JSON.stringify({ version: 1, acceptTestNetworks: true, chains }),
    )
    out = join(desk.folder, 'migrations')
  })
  afterAll(async () => {
    await fresh.stop()
    await desk.close()
  })

  const reanchor = (...args: string[]) =>
    desk.runJson(
      ['reanchor', '--batch', batch.batch, '--network', 'localhost', '--out', out, ...args],
      onNew(),
    )
  const check = async (index: number, ...args: string[]) => {
    const file = byIndex[index] as string
    const { code, json } = await desk.runJson(['check', file, '--trust', trust, ...args], onNew())
    return [code, json.reason]
  }

  it('is not moved to where it is already', async () => {
    const { json } = await desk.runJson(['reanchor', '--batch', batch.batch, ...onOld])
    expect(json.error.code).toBe('migration_needless')
  })

  it('is not moved while nobody knows what was revoked', async () => {
    const { code, json } = await reanchor('--yes')
    expect([code, json.error.code]).toEqual([1, 'statuses_missing'])
    const { json: dead } = await reanchor('--yes', '--old-rpc', 'http://127.0.0.1:9')
    expect(dead.error.code).toBe('statuses_missing')
    const { json: other } = await reanchor('--yes', '--old-rpc', fresh.url)
    expect(other.error.code).toBe('statuses_missing')
  })

  it('is moved by its issuer only', async () => {
    const { json } = await reanchor('--yes', '--without-status', '--account', accounts.stranger)
    expect(json.error.code).toBe('account_not_issuer')
  })

  it('refuses a file of statuses that is none', async () => {
    for (const text of ['{"revoked":[5]}', '{"revoked":3}', '{"revoke":[]}', '[]']) {
      const file = await desk.write('statuses.json', text)
      const { json } = await reanchor('--yes', '--status', file)
      expect(json.error.code).toBe('status_file_malformed')
    }
  })

  it('a dry run sends and writes nothing', async () => {
    const { code, json } = await reanchor('--dry-run', '--old-rpc', desk.anvil.url)
    expect(code).toBe(0)
    expect(json).toMatchObject({
      dryRun: true,
      alreadyAnchored: false,
      carried: { revoked: [1], suspended: [3], withdrawn: false },
    })
    expect(await fresh.provider.getTransactionCount(accounts.issuer)).toBeLessThan(5)
    await expect(readFile(join(out, `${batch.root}-31338.json`))).rejects.toThrow('ENOENT')
  })

  it('is anchored again with its statuses, and a record is written that the issuer signed', async () => {
    const { code, json } = await reanchor('--yes', '--old-rpc', desk.anvil.url)
    expect([code, json.error]).toEqual([0, undefined])
    expect(json.transactions).toHaveLength(3)
    record = json.file
    expect(JSON.parse(await readFile(record, 'utf8'))).toEqual(json.record)
    expect(json.record).toMatchObject({
      format: 'rootmark-migration-1',
      issuer: accounts.issuer,
      root: batch.root,
      size: 5,
      from: { chainId: 31337 },
      to: { chainId: 31338 },
    })
  })

  it('running it again sends nothing and writes the same record', async () => {
    const before = await readFile(record, 'utf8')
    const { json } = await reanchor('--yes', '--old-rpc', desk.anvil.url)
    expect([json.alreadyAnchored, json.transactions]).toEqual([true, []])
    expect(await readFile(record, 'utf8')).toBe(before)
  })

  it('while both chains live, the old one decides and either may end a credential', async () => {
    const both = `${fresh.url},${desk.anvil.url}`
    expect(await check(0, '--rpc', both, '--migration', out)).toEqual([0, 'valid'])
    const { root } = batch
    const ended = ['revoke', '--root', root, '--issuer', accounts.issuer, '--index', '4']
    await must(desk.run([...ended, ...onOld], onNew()))
    expect(await check(4, '--rpc', both, '--migration', record)).toEqual([1, 'revoked'])
    expect(await check(4, '--rpc', both)).toEqual([0, 'valid'])
  })

  it('when the old chain is dead, the record leads to the new one', async () => {
    const dead = `http://127.0.0.1:9,${fresh.url}`
    expect(await check(0, '--rpc', dead)).toEqual([2, 'chain_unreachable'])
    const found = await Promise.all(
      [0, 1, 2, 3, 4].map((index) => check(index, '--rpc', dead, '--migration', record)),
    )
    expect(found).toEqual([
      [0, 'valid'],
      [1, 'revoked'],
      [0, 'valid'],
      [1, 'suspended'],
      [1, 'revoked'],
    ])
    const args = ['check', byIndex[0] as string, '--trust', trust, '--migration', out]
    const { stdout } = await desk.run([...args, '--rpc', fresh.url], onNew())
    expect(stdout).toContain('its issuer signed that it moved the batch')
  })

  it('a record that is damaged is told and not passed over', async () => {
    const damaged = await desk.write('damaged.json', '{"format":"rootmark-migration-1"}')
    const { code, json } = await desk.runJson([
      ...['check', byIndex[0] as string, '--trust', trust],
      ...['--rpc', fresh.url, '--migration', damaged],
    ])
    expect([code, json.error.code]).toEqual([2, 'migration_malformed'])
  })

  it('goes by a file of statuses where the old chain is dead, and signs with a key of its own', async () => {
    const other = await desk.issue(['Fin', 'Gül', 'Hana'])
    await must(desk.run(['anchor', '--batch', other.batch, ...onOld]))
    const status = await desk.write('ended.json', '{"revoked":[0,2],"suspended":[0,1]}')
    const around = {
      env: {
        CUSTOM_RPC_URL: fresh.url,
        // The first key of the well-known development mnemonic.
        CUSTOM_PRIVATE_KEY: '0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80',
        CHAIN_RPC_URL: '',
      },
    }
    const move = (...args: string[]) =>
      desk.runJson(
        ['reanchor', '--batch', other.batch, '--network', 'custom', '--yes', '--out', out, ...args],
        around,
      )
    const moved = await move('--status', status)
    expect([moved.code, moved.json.error]).toEqual([0, undefined])
    expect(moved.json.carried).toEqual({ revoked: [0, 2], suspended: [0, 1], withdrawn: false })
    const standings = await Promise.all(
      other.credentials.map(async (file) => {
        const asked = ['--rpc', fresh.url, '--migration', out, '--trust', trust]
        const { json } = await desk.runJson(['check', file, ...asked])
        return [json.anchor.statusIndex, json.reason]
      }),
    )
    expect(standings.sort()).toEqual([
      [0, 'revoked'],
      [1, 'suspended'],
      [2, 'revoked'],
    ])
    const withdrawn = await desk.write('withdrawn.json', '{"withdrawn":true}')
    expect((await move('--status', withdrawn)).json.transactions).toHaveLength(1)
    expect((await move('--without-status')).json.transactions).toEqual([])
  })
})
