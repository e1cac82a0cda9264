import { readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { network } from 'hardhat'
import type { JsonRpcServer } from 'hardhat/types/network'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accounts } from './anvil.ts'
import { hardhatJson } from './command.ts'

describe('the commands on Hardhat’s own network', () => {
  const folder = join(tmpdir(), `rootmark-hardhat-${process.pid}`)
  let server: JsonRpcServer
  let env: Readonly<Record<string, string>>

  beforeAll(async () => {
    server = await network.createServer(undefined, '127.0.0.1')
    const { port } = await server.listen()
    env = { LOCALHOST_RPC_URL: `http://127.0.0.1:${port}`, CHAIN_RPC_URL: '' }
  })
  afterAll(async () => {
    await server.close()
    await rm(folder, { recursive: true, force: true })
  })

  const run = (...args: readonly string[]) =>
    hardhatJson([...args, '--network', 'localhost'], { env })

  it('bring the deployment proxy, deploy, and record where', async () => {
    const { json } = await run('deploy', '--out', folder)
    const record = JSON.parse(await readFile(join(folder, '31337.json'), 'utf8'))
    expect(record).toEqual({ chainId: 31337, contracts: json.contracts })
  })

  it('anchor a cohort, which an unaccredited issuer’s verifier tells apart from a forgery', async () => {
    const issued = await run('issue', '--out', folder)
    const anchored = await run('anchor', '--batch', issued.json.batch, '--yes')
    expect(anchored.json).toMatchObject({
      root: issued.json.root,
      size: 240,
      anchor: { sequence: 1 },
    })
    const line = (await readFile(issued.json.batch, 'utf8')).split('\n')[1] as string
    const { id } = JSON.parse(line).credential
    const file = join(issued.json.credentials, `${id.slice('urn:uuid:'.length)}.json`)
    const { code, json } = await run('check', file)
    expect([code, json.reason, json.anchor.root]).toEqual([1, 'issuer_unknown', issued.json.root])
  })

  it('explain what the contract objects to', async () => {
    const until = ['--until', '2001-01-01T00:00:00Z']
    const { code, json } = await run('operator', accounts.operator, ...until, '--yes')
    expect([code, json.error.code]).toEqual([1, 'expiry_in_past'])
  })
})
