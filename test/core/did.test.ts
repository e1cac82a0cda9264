import { describe, expect, it } from 'vitest'
import {
  didPkh,
  didWebUrl,
  formatStatusId,
  parseDidPkh,
  parseStatusId,
  parseUri,
  parseWebUrl,
} from '../../core/did.ts'
import { codeOf } from './thrown.ts'

const address = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed'

describe('did:pkh', () => {
  it('names an account with its checksum, and is read in either case', () => {
    const did = `did:pkh:eip155:11155111:${address}`
    expect(didPkh({ chainId: 11155111, address: address.toLowerCase() })).toBe(did)
    expect(parseDidPkh(did)).toEqual({ chainId: 11155111, address })
    expect(parseDidPkh(did.toLowerCase())).toEqual({ chainId: 11155111, address })
  })

  it.each([
    '',
    'did:pkh:',
    `did:pkh:eip155:0:${address}`,
    `did:pkh:eip155:01:${address}`,
    `did:pkh:eip155:-1:${address}`,
    `did:pkh:eip155:1.0:${address}`,
    `did:pkh:eip155:9007199254740992:${address}`,
    `did:pkh:eip155:1:${address}#blockchainAccountId`,
    `did:pkh:eip155:1:${address} `,
    ` did:pkh:eip155:1:${address}`,
    `did:pkh:eip155:1:${address}\n`,
    `did:pkh:solana:1:${address}`,
    `DID:pkh:eip155:1:${address}`,
    `did:pkh:eip155:1:${address.replace('aA', 'Aa')}`,
    `did:pkh:eip155:1:${address.slice(0, -1)}`,
    `did:pkh:eip155:１:${address}`,
  ])('is not %j', (text) => {
    expect(parseDidPkh(text)).toBe(undefined)
  })
})

describe('did:web', () => {
  it.each([
    ['did:web:uni.example', 'https://uni.example/.well-known/did.json'],
    ['did:web:uni.example:issuers:badges', 'https://uni.example/issuers/badges/did.json'],
    ['did:web:uni.example%3A8443', 'https://uni.example:8443/.well-known/did.json'],
    ['did:web:uni.example%3a8443:a', 'https://uni.example:8443/a/did.json'],
    ['did:web:uni.example:a%20b', 'https://uni.example/a%20b/did.json'],
  ])('leads to the document: %s', (did, url) => {
    expect(didWebUrl(did)).toBe(url)
    expect(new URL(url).href).toBe(url)
  })

  it.each([
    'did:web:',
    'did:web:uni.example:',
    'did:web:uni.example::a',
    'did:web:uni.example:..',
    'did:web:uni.example:a:..:b',
    'did:web:uni.example:.',
    'did:web:uni.example:%2e%2e',
    'did:web:uni.example:%2E.:b',
    'did:web:uni.example:.%2e',
    'did:web:uni.example:a%2Fb',
    'did:web:uni.example:a%5cb',
    'did:web:uni.example/a',
    'did:web:user@uni.example',
    'did:web:uni.example?x',
    'did:web:uni.example#key',
    'did:web:uni.example%3Aport',
    'did:web:[::1]',
    'did:web:uni.example%2F',
    'did:web:uni.example\n',
    'did:webs:uni.example',
    `did:pkh:eip155:1:${address}`,
  ])('leads nowhere: %j', (did) => {
    expect(didWebUrl(did)).toBe(undefined)
  })
})

describe('a status id', () => {
  const registry = { chainId: 1, address }

  it.each([
    { registry, purpose: 'revocation', statusIndex: 0 },
    { registry, purpose: 'suspension', statusIndex: 4_294_967_295 },
  ] as const)('comes back as it was: %j', (status) => {
    expect(parseStatusId(formatStatusId(status))).toEqual(status)
  })

  it.each([
    '#revocation-01',
    '#revocation--1',
    '#revocation-',
    '#revocation-1.0',
    '#revocation-1e3',
    '#message-1',
    '#revocation-1#revocation-2',
    '',
    '#Revocation-1',
    '#revocation-1 ',
    '#revocation-99999999999',
  ])('is not one with %j', (fragment) => {
    expect(parseStatusId(`${didPkh(registry)}${fragment}`)).toBe(undefined)
  })
})

describe('a URI', () => {
  it.each([
    'https://x.example/ä?q=1#f',
    'urn:uuid:5b0a4f1c-6d4e-4c5f-9a53-6a0a4d2f7a10',
    'did:key:z6Mk',
    'mailto:a@x.org',
  ])('is %s', (text) => {
    expect(parseUri(text, '')).toBe(text)
  })

  it.each([
    '',
    'x',
    '/x',
    '//x.example',
    'https://',
    'https://x example',
    'http://x"',
    ':x',
    '1x:y',
    'https://x.example\n',
    'http://[bad',
  ])('is not %j', (text) => {
    expect(codeOf(() => parseUri(text, '/u'))).toBe('uri_malformed')
  })
})

describe('addresses that people follow', () => {
  it.each(['javascript:alert(1)', 'vbscript:x', 'JavaScript:alert(1)'])('are not %s', (text) => {
    expect(codeOf(() => parseUri(text, ''))).toBe('uri_malformed')
  })
  it('are of the web where a page links to them', () => {
    expect(parseWebUrl('https://a.example/b', '')).toBe('https://a.example/b')
    expect(() => parseWebUrl('urn:uuid:0f3a1c8e-6a55-4d0e-9e56-0b1c6f6a0001', '')).toThrow(/https/)
  })
})
