import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { ConfigError, parseConfig } from '../../server/config.ts'
import { environmentSchema } from '../../server/environment.ts'

const names = Object.keys(environmentSchema.properties)

function refusalOf(env: Record<string, string>): string {
  try {
    parseConfig(env)
  } catch (thrown) {
    if (thrown instanceof ConfigError) return thrown.message
    throw thrown
  }
  return 'taken'
}

describe('settings', () => {
  it('have defaults that work without any', () => {
    const config = parseConfig({})
    expect(config).toMatchObject({
      HOST: '127.0.0.1',
      PORT: 3000,
      DATA_DIR: './data',
      PUBLIC_BASE_URL: 'http://127.0.0.1:3000',
      TRUST_PROXY: false,
    })
    expect(Object.isFrozen(config)).toBe(true)
  })

  it('come from the environment, where an empty variable counts as absent', () => {
    const config = parseConfig({
      PORT: ' 8080 ',
      HOST: '',
      TRUST_PROXY: 'true',
      PUBLIC_BASE_URL: 'https://credentials.example.edu/',
      NODE_ENV: 'production',
    })
    expect(config).toMatchObject({
      PORT: 8080,
      HOST: '127.0.0.1',
      TRUST_PROXY: true,
      PUBLIC_BASE_URL: 'https://credentials.example.edu',
    })
    expect(config).not.toHaveProperty('NODE_ENV')
  })

  it('name a reachable host where the service listens everywhere', () => {
    expect(parseConfig({ HOST: '0.0.0.0' }).PUBLIC_BASE_URL).toBe('http://localhost:3000')
    expect(parseConfig({ HOST: '::1' }).PUBLIC_BASE_URL).toBe('http://[::1]:3000')
  })

  it.each([
    [{ PORT: 'abc' }, 'PORT is "abc"; set it to a free port from 0 to 65535, for example 3000.'],
    [{ PORT: '8.5' }, 'PORT is "8.5"'],
    [{ PORT: '70000' }, 'PORT is "70000"'],
    [{ TRUST_PROXY: 'yes' }, 'TRUST_PROXY is "yes"; set it to true behind a reverse proxy'],
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL is "loud"; set it to one of fatal'],
    [{ CHAIN_RPC_URL: 'localhost:8545' }, 'CHAIN_RPC_URL is not what it should be; set it to'],
    [{ CHAIN_RPC_URL: 'http://localhost:8545' }, 'CHAIN_ID is missing; set it to'],
    [
      { CHAIN_RPC_URL: 'https://a.example, b.example', CHAIN_ID: '1' },
      'CHAIN_RPC_URL is not what it should be; set it to',
    ],
    [
      {
        CHAIN_RPC_URL: 'https://a.example,https://b.example',
        CHAIN_ID: '1',
        CHAIN_RPC_QUORUM: '3',
      },
      'CHAIN_RPC_QUORUM is 3, but there are 2 endpoints; name more in CHAIN_RPC_URL or lower it.',
    ],
    [
      {
        CHAIN_RPC_URL: 'https://a.example https://a.example',
        CHAIN_ID: '1',
        CHAIN_RPC_QUORUM: '2',
      },
      'CHAIN_RPC_QUORUM is 2, but there is 1 endpoint',
    ],
    [{ CHAIN_RPC_QUORUM: '2' }, 'CHAIN_RPC_QUORUM is 2, but there is 1 endpoint'],
    [{ CHAIN_RPC_QUORUM: '0' }, 'CHAIN_RPC_QUORUM is "0"; set it to how many'],
    [{ DATABASE_URL: 'mysql://localhost' }, 'DATABASE_URL is not what it should be; set it to'],
    [{ OPERATOR_KEY: '0x1234' }, 'OPERATOR_KEY is not what it should be; set it to'],
    [{ OPERATOR_KEYSTORE: './k.json' }, 'OPERATOR_KEYSTORE_PASSWORD is missing'],
    [{ ADMIN_KEY: 'short' }, 'ADMIN_KEY is not what it should be; set it to at least 24 random'],
    [{ REGISTRY_ADDRESS: '0x12' }, 'REGISTRY_ADDRESS is "0x12"; set it to the address'],
    [
      { REGISTRY_ADDRESS: '0x70997970c51812dc3A010C7d01b50e0d17dc79C8' },
      'REGISTRY_ADDRESS cannot be used: 0x70997970c51812dc3A010C7d01b50e0d17dc79C8 has a typing error',
    ],
    [{ BODY_LIMIT: '99999999' }, 'BODY_LIMIT is "99999999"; set it to bytes from 1024'],
    [{ RATE_LIMIT: '-1' }, 'RATE_LIMIT is "-1"'],
  ])('are refused with one sentence: %j', (env, message) => {
    const said = refusalOf(env)
    expect(said).toContain(message)
    expect(said).toMatch(/^[^\n]+\.$/)
  })

  it('may name one operator key only', () => {
    const said = refusalOf({
      OPERATOR_KEY: `0x${'11'.repeat(32)}`,
      OPERATOR_KEYSTORE: './operator.json',
      OPERATOR_KEYSTORE_PASSWORD: 'secret',
    })
    expect(said).toContain('both set')
  })

  it('never show a secret when they refuse it', () => {
    for (const name of ['OPERATOR_KEY', 'ADMIN_KEY', 'DATABASE_URL', 'CHAIN_RPC_URL']) {
      expect(refusalOf({ [name]: 'hunter2' })).not.toContain('hunter2')
    }
  })
})

describe('.env.example', () => {
  const lines = readFileSync('.env.example', 'utf8').split('\n')
  const entries = lines.flatMap((line) => /^(?:# )?([A-Z_]+)=(.*)$/.exec(line)?.slice(1, 3) ?? [])
  const documented = new Map(
    Array.from({ length: entries.length / 2 }, (_, i) => [entries[2 * i], entries[2 * i + 1]]),
  )

  it('has a line for every setting, and for nothing else', () => {
    expect([...documented.keys()].sort()).toEqual([...names].sort())
  })

  it('shows the defaults', () => {
    const defaults = parseConfig({}) as unknown as Record<string, unknown>
    for (const line of lines.filter((text) => /^[A-Z_]+=/.test(text))) {
      const [name = '', value] = line.split('=')
      expect(`${name}=${defaults[name]}`).toBe(`${name}=${value}`)
    }
  })
})
