import { spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { Contract } from 'ethers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { contractAddresses } from '../../core/deployment.ts'
import { registryAbi } from '../../core/registry.ts'
import { accounts } from './anvil.ts'
import { projectRoot } from './command.ts'
import { type Desk, type IssuedBatch, must, openDesk } from './desk.ts'

const onChain = ['--network', 'localhost', '--yes']
/** Gas for one word of 256 that was never used, and not for two. */
const aWord = ['--max-gas', '60000']
const size = 800

let desk: Desk
let batch: IssuedBatch
/** Ids by status index. */
let ids: readonly string[]
beforeAll(async () => {
  desk = await openDesk()
  batch = await desk.issue(Array.from({ length: size }, (_, i) => `Learner ${i}`))
  await must(desk.run(['anchor', '--batch', batch.batch, ...onChain]))
  const [, ...entries] = (await readFile(batch.batch, 'utf8')).trim().split('\n')
  ids = entries.map((line) => JSON.parse(line).credential.id)
}, 120_000)
afterAll(() => desk?.close())

const sent = () => desk.anvil.provider.getTransactionCount(accounts.issuer)
const revoked = async () => {
  const registry = new Contract(contractAddresses.registry, registryAbi, desk.anvil.provider)
  const words: bigint[] = await registry['revocations']?.(accounts.issuer, batch.root, 0, 4)
  return Array.from({ length: size }, (_, i) => i).filter(
    (i) => ((words[i >> 8] as bigint) >> BigInt(i % 256)) & 1n,
  )
}
const refusalOf = async (...args: string[]) => {
  const { code, json } = await desk.runJson([...args, ...onChain])
  return `${code} ${json.error?.code}: ${json.error?.message}`
}

describe('a list of credentials at the command line', () => {
  it('is refused with the lines that are wrong', async () => {
    const bad = await desk.write('bad.txt', '3\nx\n5,6\n')
    const stranger = 'urn:uuid:3d9f8a52-6c1e-4b0f-9a77-2f0c5e8d1b64'
    const unknown = await desk.write('unknown.csv', `name,id\nAda,${ids[0]}\nBob,${stranger}\n`)
    const far = await desk.write('far.txt', `1\n${size}\n`)
    const byRoot = ['--root', batch.root, '--issuer', accounts.issuer]
    const [one, two, three, four, five] = await Promise.all([
      refusalOf('revoke', ...byRoot, '--indexes', bad),
      refusalOf('revoke', '--batch', batch.batch, '--ids', unknown),
      refusalOf('revoke', ...byRoot, '--indexes', far),
      refusalOf('revoke', ...byRoot, '--ids', unknown),
      refusalOf('revoke', ...byRoot, '--indexes', '/nowhere'),
    ])
    expect(one).toMatch(/credential_name_malformed: .*line 2: "x".*line 3: 2 fields/)
    expect(two).toMatch(/credential_unknown: not in the batch of 800: line 3: 3d9f8a52/)
    expect(three).toMatch(/status_index_out_of_range: .*0 to 799: there is no 800$/)
    expect(four).toMatch(/batch_missing: .*line 2: add --batch/)
    expect(five).toMatch(/file_unusable/)
    expect(await revoked()).toEqual([])
  })

  it('shows in how many transactions it goes, and what they cost', async () => {
    const path = await desk.write('some.ndjson', ids.map((id) => JSON.stringify({ id })).join('\n'))
    const dry = ['revoke', '--batch', batch.batch, '--ids', path, '--dry-run', ...onChain, ...aWord]
    const { stdout } = await desk.run(dry)
    expect(stdout).toMatch(/revoke +800 credentials, for good/)
    expect(stdout).toMatch(/Transactions +4\n/)
    expect(stdout).toMatch(/Fee +0\.\d+ ETH, at most/)
    const whole = await desk.run(dry.slice(0, -2))
    expect(whole.stdout).not.toContain('Transactions')
    expect(await revoked()).toEqual([])
  })

  it('goes on after it was killed between two transactions, and pays nothing twice', async () => {
    const wanted = Array.from({ length: 200 }, (_, i) => i * 4)
    const list = [...wanted, ...wanted.slice(0, 50)].map((i) => (i % 3 ? ids[i] : i)).join('\n')
    const path = await desk.write('list.txt', list)
    const args = ['revoke', '--batch', batch.batch, '--ids', path, ...onChain, ...aWord]
    const { provider } = desk.anvil
    const before = await sent()
    await provider.send('evm_setAutomine', [false])
    const cli = `${projectRoot}node_modules/hardhat/dist/src/cli.js`
    const child = spawn(process.execPath, [cli, ...args], {
      cwd: projectRoot,
      stdio: 'ignore',
      env: { ...process.env, LOCALHOST_RPC_URL: desk.anvil.url },
    })
    const pending = async () => provider.getTransactionCount(accounts.issuer, 'pending')
    while ((await pending()) === before) await new Promise((resolve) => setTimeout(resolve, 50))
    child.kill('SIGKILL')
    expect(await refusalOf(...args.slice(0, 5))).toMatch(/transaction_pending: 1 transactions of/)
    await provider.send('anvil_mine', ['0x1'])
    await provider.send('evm_setAutomine', [true])
    expect((await sent()) - before).toBe(1)
    expect(await revoked()).toEqual(wanted.filter((i) => i < 256))

    const { json } = await desk.runJson(args)
    expect(json.changed).toBe(wanted.filter((i) => i >= 256).length)
    expect(json.cost.transactions).toBe(3)
    const used = json.transactions.map(({ gasUsed }: { gasUsed: string }) => Number(gasUsed))
    expect(Math.max(...used)).toBeLessThan(60_000)
    expect((await sent()) - before).toBe(4)
    expect(await revoked()).toEqual(wanted)
    const again = await desk.run(['revoke', '--batch', batch.batch, '--ids', '-', ...onChain], {
      input: list,
    })
    expect(again.stdout).toContain('Nothing to do')
    expect((await sent()) - before).toBe(4)
  }, 60_000)
})
