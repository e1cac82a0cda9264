import { describe, expect, it } from 'vitest'
import { parseTrust } from '../../core/trust.ts'
import { refusalOf } from './thrown.ts'

const contracts = {
  registry: '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed',
  accreditationRegistry: '0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359',
}
const account = '0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb'
const parse = (file: unknown) => parseTrust(file, contracts)
const chain = (entry: unknown) => ({ version: 1, chains: { 100: entry } })

describe('a trust file', () => {
  it('may say nothing: well-known chains carry anchors, no test network counts, nobody accredits', () => {
    const trust = parse({ version: 1 })
    expect(trust.acceptTestNetworks).toBe(false)
    expect(trust.chains.get(1)).toEqual({
      name: 'Ethereum',
      testNetwork: false,
      registries: [contracts.registry],
      accreditationRegistry: contracts.accreditationRegistry,
      rootAccreditors: [],
      finalityDepth: undefined,
      maxHeadAge: 3600,
      explorer: 'https://etherscan.io',
    })
    expect(trust.chains.get(11155111)).toMatchObject({ name: 'Sepolia', testNetwork: true })
    expect(trust.chains.get(424242)).toBe(undefined)
  })

  it('gives the contracts it is told of their checksum, so that they are found again', () => {
    const lower = {
      registry: contracts.registry.toLowerCase(),
      accreditationRegistry: contracts.accreditationRegistry.toLowerCase(),
    }
    for (const id of [1, 100]) {
      expect(parseTrust(chain({}), lower).chains.get(id)).toMatchObject({
        registries: [contracts.registry],
        accreditationRegistry: contracts.accreditationRegistry,
      })
    }
  })

  it('says what differs for a chain, and addresses come out with their checksum', () => {
    const entry = {
      name: 'Ours',
      testNetwork: true,
      registries: [account.toLowerCase(), contracts.registry],
      rootAccreditors: [{ account: account.toLowerCase(), name: 'Ministry' }],
      finalityDepth: 12,
      maxHeadAge: 600,
      explorer: 'https://explorer.example/ours',
    }
    const trust = parse({ version: 1, acceptTestNetworks: true, chains: { 424242: entry } })
    expect(trust.acceptTestNetworks).toBe(true)
    expect(trust.chains.get(424242)).toEqual({
      ...entry,
      registries: [account, contracts.registry],
      accreditationRegistry: contracts.accreditationRegistry,
      rootAccreditors: [{ account, name: 'Ministry' }],
    })
    expect(parse({ version: 1, chains: { 424242: {} } }).chains.get(424242)).toMatchObject({
      name: 'Chain 424242',
      testNetwork: false,
    })
  })

  it('names an explorer to look a chain up in, and keeps the well-known one of a chain otherwise', () => {
    const explorerOf = (entry: unknown) => parse(chain(entry)).chains.get(100)?.explorer
    expect(explorerOf({})).toBe('https://gnosisscan.io')
    expect(explorerOf({ explorer: 'https://blocks.example:8443/' })).toBe(
      'https://blocks.example:8443',
    )
    expect(parse({ version: 1 }).chains.get(31337)?.explorer).toBe(undefined)
  })

  it.each([
    'http://explorer.example',
    'javascript:alert(1)',
    'https://user:secret@explorer.example',
    'https://explorer.example/?q=',
    'https://explorer.example/#/tx',
    'https://',
    'explorer.example',
    '',
    7,
    null,
  ])('is refused with an explorer that is no place to send people to: %j', (explorer) => {
    expect(refusalOf(() => parse(chain({ explorer })))).toMatchObject({
      code: 'trust_explorer',
      pointer: '/chains/100/explorer',
    })
  })

  it.each([
    [null, 'trust_malformed', ''],
    [[], 'trust_malformed', ''],
    ['x', 'trust_malformed', ''],
    [{}, 'trust_version', '/version'],
    [{ version: 2 }, 'trust_version', '/version'],
    [{ version: '1' }, 'trust_version', '/version'],
    [{ version: 1, acceptTestNetworks: 'yes' }, 'trust_malformed', '/acceptTestNetworks'],
    [{ version: 1, 'accept/Test': true }, 'trust_unknown_setting', '/accept~1Test'],
    [{ version: 1, chains: [] }, 'trust_malformed', '/chains'],
    [{ version: 1, chains: { '0': {} } }, 'trust_chain', '/chains/0'],
    [{ version: 1, chains: { '0x1': {} } }, 'trust_chain', '/chains/0x1'],
    [{ version: 1, chains: { gnosis: {} } }, 'trust_chain', '/chains/gnosis'],
    [{ version: 1, chains: { '9007199254740993': {} } }, 'trust_chain', '/chains/9007199254740993'],
    [JSON.parse('{"version":1,"chains":{"__proto__":{}}}'), 'trust_chain', '/chains/__proto__'],
    [JSON.parse('{"version":1,"__proto__":{}}'), 'trust_unknown_setting', '/__proto__'],
    [chain(null), 'trust_malformed', '/chains/100'],
    [chain({ root: [] }), 'trust_unknown_setting', '/chains/100/root'],
    [chain({ name: ' ' }), 'trust_malformed', '/chains/100/name'],
    [chain({ testNetwork: 0 }), 'trust_malformed', '/chains/100/testNetwork'],
    [chain({ registries: contracts.registry }), 'trust_malformed', '/chains/100/registries'],
    [
      chain({ registries: [account, account.toLowerCase()] }),
      'trust_duplicate',
      '/chains/100/registries/1',
    ],
    [
      chain({
        rootAccreditors: [
          { account, name: 'M' },
          { account: contracts.registry, name: 'M' },
          { account: account.toLowerCase(), name: 'Another name' },
        ],
      }),
      'trust_duplicate',
      '/chains/100/rootAccreditors/2/account',
    ],
    [chain({ name: 'x'.repeat(201) }), 'trust_malformed', '/chains/100/name'],
    [null, 'trust_malformed', ''],
    [[], 'trust_malformed', ''],
    [{}, 'trust_version', '/version'],
    [
      chain({ rootAccreditors: { 0: { account, name: 'M' } } }),
      'trust_malformed',
      '/chains/100/rootAccreditors',
    ],
    [
      chain({ rootAccreditors: [{ account: '0x0', name: 'M' }] }),
      'address_malformed',
      '/chains/100/rootAccreditors/0/account',
    ],
    [
      chain({ rootAccreditors: [{ account, name: ['M'] }] }),
      'trust_malformed',
      '/chains/100/rootAccreditors/0/name',
    ],
    [
      chain({ registries: [contracts.registry, 'x'] }),
      'address_malformed',
      '/chains/100/registries/1',
    ],
    [
      chain({ registries: [contracts.registry.replace('aA', 'Aa')] }),
      'address_checksum',
      '/chains/100/registries/0',
    ],
    [
      chain({ registries: Array.from({ length: 1001 }, () => account) }),
      'trust_malformed',
      '/chains/100/registries',
    ],
    [chain({ accreditationRegistry: 7 }), 'trust_malformed', '/chains/100/accreditationRegistry'],
    [chain({ rootAccreditors: [account] }), 'trust_malformed', '/chains/100/rootAccreditors/0'],
    [
      chain({ rootAccreditors: [{ account }] }),
      'trust_malformed',
      '/chains/100/rootAccreditors/0/name',
    ],
    [
      chain({ rootAccreditors: [{ name: 'M' }] }),
      'trust_malformed',
      '/chains/100/rootAccreditors/0/account',
    ],
    [
      chain({ rootAccreditors: [{ account, name: 'M', did: 'x' }] }),
      'trust_unknown_setting',
      '/chains/100/rootAccreditors/0/did',
    ],
    [chain({ maxHeadAge: 0 }), 'trust_count', '/chains/100/maxHeadAge'],
    [chain({ finalityDepth: 0 }), 'trust_count', '/chains/100/finalityDepth'],
    [chain({ finalityDepth: 1.5 }), 'trust_count', '/chains/100/finalityDepth'],
    [chain({ finalityDepth: '12' }), 'trust_count', '/chains/100/finalityDepth'],
    [chain({ finalityDepth: null }), 'trust_count', '/chains/100/finalityDepth'],
  ])('is refused with its place: %j', (file, code, pointer) => {
    expect(refusalOf(() => parse(file))).toMatchObject({ code, pointer })
  })
})
