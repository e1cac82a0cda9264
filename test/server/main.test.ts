import { spawn } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { encryptKeystoreJsonSync, Wallet } from 'ethers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type EmbeddedChain, startEmbeddedChain } from '../../server/embedded-chain.ts'
import { named } from './stage.ts'
import { freePort, openEmptyDirectory, type Storage } from './storages.ts'

let storage: Storage
let chain: EmbeddedChain
beforeAll(async () => {
  storage = await openEmptyDirectory()
  chain = await startEmbeddedChain(0)
})
afterAll(async () => {
  await chain?.close()
  await storage?.remove()
})

/** Runs `node server/main.ts` with these settings and no others, on free ports unless they name one. */
function run(settings: Readonly<Record<string, string>>) {
  const child = spawn(process.execPath, ['server/main.ts'], {
    env: { PATH: process.env['PATH'], PORT: '0', EMBEDDED_CHAIN_PORT: '0', ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (chunk) => {
    stdout += chunk
  })
  child.stderr.on('data', (chunk) => {
    stderr += chunk
  })
  const ended = new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve) => {
    child.on('close', (code) => resolve({ code, stdout, stderr }))
  })
  const says = async (text: string) => {
    while (!stdout.includes(text)) {
      if (child.exitCode !== null) throw new Error(`ended: ${stderr}`)
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    return stdout
  }
  return { child, ended, says }
}

async function refusal(settings: Readonly<Record<string, string>>): Promise<string> {
  const { code, stdout, stderr } = await run({ ...storage.settings, ...settings }).ended
  expect(code).toBe(1)
  expect(stdout).toBe('')
  expect(stderr.trim().split('\n')).toHaveLength(1)
  return stderr.trim()
}

describe('the start', () => {
  it.each([
    [{ PORT: 'abc' }, 'PORT is "abc"; set it to'],
    [{ TRUST_FILE: '/nowhere/trust.json' }, 'TRUST_FILE /nowhere/trust.json cannot be read'],
    [{ TRUST_FILE: 'package.json' }, 'TRUST_FILE package.json cannot be used at /'],
    [{ DATABASE_URL: 'postgres://nobody:hidden@127.0.0.1:1/none' }, 'DATABASE_URL cannot be used'],
    [{ PUBLIC_BASE_URL: 'https://credentials.example' }, 'SIGNING_SECRET is missing'],
    [
      { SIGNING_SECRET_FILE: '/nowhere/secret' },
      'SIGNING_SECRET_FILE /nowhere/secret cannot be read',
    ],
    [{ OPERATOR_KEY: `0x${'00'.repeat(32)}` }, 'OPERATOR_KEY is not a private key'],
    [
      { OPERATOR_KEYSTORE: '/nowhere.json', OPERATOR_KEYSTORE_PASSWORD: 'x' },
      'OPERATOR_KEYSTORE /nowhere.json cannot be opened',
    ],
  ])('stops with one sentence for %j', async (settings, sentence) => {
    const said = await refusal({ ...named(chain), ...settings })
    expect(said).toContain(sentence)
    expect(said).not.toContain('hidden')
  })

  it('stops where the endpoint is of another chain', async () => {
    const said = await refusal({ ...named(chain), CHAIN_ID: '11155111' })
    expect(said).toContain('CHAIN_ID and CHAIN_RPC_URL do not fit')
    expect(said).toContain('is chain 31337, not chain 11155111')
  })

  it('stops where the registry is not on the chain', async () => {
    const nowhere = '0x90F79bf6EB2c4f870365E785982E1f101E93b906'
    const said = await refusal({ ...named(chain), REGISTRY_ADDRESS: nowhere })
    expect(said).toContain(`knows no contract at ${nowhere}`)
    expect(said).toContain('npx hardhat deploy')
  })

  it('stops where a port is taken', async () => {
    const port = await freePort()
    const taken = createServer().listen(port, '127.0.0.1')
    expect(await refusal({ EMBEDDED_CHAIN_PORT: String(port) })).toContain(
      `EMBEDDED_CHAIN_PORT ${port} on 127.0.0.1 cannot be used`,
    )
    expect(await refusal({ ...named(chain), PORT: String(port) })).toContain(
      `PORT ${port} on 127.0.0.1 cannot be used`,
    )
    taken.close()
  })

  it('opens a keystore, and says when its password is wrong', async () => {
    const keystore = join(storage.settings['DATA_DIR'] ?? '', 'operator.json')
    const { address, privateKey } = Wallet.createRandom()
    const scrypt = { N: 1024 }
    await writeFile(
      keystore,
      encryptKeystoreJsonSync({ address, privateKey }, 'correct', { scrypt }),
    )
    const settings = { ...named(chain), OPERATOR_KEYSTORE: keystore, PORT: '0' }
    expect(await refusal({ ...settings, OPERATOR_KEYSTORE_PASSWORD: 'wrong' })).toContain(
      'incorrect password',
    )
    const service = run({ ...storage.settings, ...settings, OPERATOR_KEYSTORE_PASSWORD: 'correct' })
    await service.says('Rootmark is up')
    service.child.kill('SIGTERM')
    expect((await service.ended).code).toBe(0)
  })

  it('starts while the chain is down, and says so', async () => {
    const settings = { ...named(chain, 'http://127.0.0.1:1'), PORT: '0' }
    const service = run({ ...storage.settings, ...settings })
    await service.says('Rootmark is up')
    service.child.kill('SIGTERM')
    const { code, stderr } = await service.ended
    expect(code).toBe(0)
    expect(stderr).toContain('the chain cannot be read for now')
  })
})

describe('npm start', () => {
  it('brings the demo up, prints what to try, refuses a second one on the same data, and stops on a signal', {
    timeout: 180_000,
  }, async () => {
    const port = await freePort()
    const settings = { ...storage.settings, PORT: String(port), EMBEDDED_CHAIN_PORT: '0' }
    const service = run(settings)
    const printed = await service.says('Stop with Ctrl+C')
    const url = `http://127.0.0.1:${port}`
    expect(printed).toContain(`${url}/docs`)
    const links = printed.match(new RegExp(`${url}/credentials/[0-9a-f-]{36}`, 'g')) ?? []
    const verdicts = []
    for (const link of links.slice(0, 3)) {
      const body = await (await fetch(link)).text()
      const headers = { 'content-type': 'application/vc' }
      const report = await (await fetch(`${url}/verify`, { method: 'POST', headers, body })).json()
      verdicts.push((report as { reason: string }).reason)
    }
    expect(verdicts).toEqual(['valid', 'revoked', 'suspended'])
    expect(printed).toContain(`curl -s ${links[0]} |`)
    // The certificate, the award of the command, and its five parts.
    const json = async (link: string) => (await fetch(link)).json()
    const [certificate, again, ...parts] = links.slice(-7)
    expect(again).toBe(certificate)
    const stack = JSON.stringify({
      award: await json(certificate as string),
      components: await Promise.all(parts.map(json)),
      person: { email: 'ada.ito@example.org' },
    })
    const headers = { 'content-type': 'application/json' }
    const answer = await fetch(`${url}/verify/stack`, { method: 'POST', headers, body: stack })
    expect(await answer.json()).toMatchObject({ verdict: 'valid', rule: 'met' })

    const second = await refusal({ ...settings, PORT: '0' })
    expect(second).toContain('is in use by process')

    service.child.kill('SIGINT')
    service.child.kill('SIGINT')
    const { code, stderr } = await service.ended
    expect(code).toBe(0)
    expect(stderr).toBe('')
  })
})
