import { describe, expect, it } from 'vitest'
import { fetchPublicDocument } from '../../server/guarded-fetch.ts'
import { isPublicAddress, lookupPublic } from '../../server/public-address.ts'

describe('addresses', () => {
  it.each([
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '127.0.0.1',
    '127.255.255.254',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '192.0.2.1',
    '198.18.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:127.0.0.1',
    '::ffff:8.8.8.8',
    '64:ff9b::7f00:1',
    'fc00::1',
    'fd00:ec2::254',
    'fe80::1',
    'ff02::1',
    '2001:db8::1',
    '2001::1',
    '2002:7f00:1::',
    '3fff::1',
    'localhost',
    '',
  ])('%s is not public', (address) => {
    expect(isPublicAddress(address)).toBe(false)
  })

  it.each([
    '1.1.1.1',
    '8.8.8.8',
    '172.32.0.1',
    '100.128.0.1',
    '2606:4700:4700::1111',
    '2a00:1450::1',
  ])('%s is public', (address) => {
    expect(isPublicAddress(address)).toBe(true)
  })
})

describe('a document that a credential names', () => {
  it.each([
    ['http://example.org/did.json', 'https'],
    ['file:///etc/passwd', 'https'],
    ['ftp://example.org/did.json', 'https'],
    ['https://127.0.0.1/did.json', 'not a public host'],
    ['https://2130706433/did.json', 'not a public host'],
    ['https://0x7f.1/did.json', 'not a public host'],
    ['https://[::1]/did.json', 'not a public host'],
    ['https://[::ffff:169.254.169.254]/latest/meta-data', 'not a public host'],
    ['https://169.254.169.254/latest/meta-data', 'not a public host'],
    ['https://localhost/did.json', 'not a public host'],
  ])('is not read from %s', async (url, reason) => {
    await expect(fetchPublicDocument(url)).rejects.toThrow(reason)
  })

  it('is not read from a name that leads to loopback, for one address or all of them', async () => {
    for (const all of [true, false]) {
      const error = await new Promise((resolve) => {
        lookupPublic('localhost', { all }, (thrown) => resolve(thrown))
      })
      expect(String(error)).toContain('localhost is not a public host')
    }
  })

  it('is not read from a name that does not exist', async () => {
    await expect(fetchPublicDocument('https://nowhere.invalid/did.json')).rejects.toThrow()
  })
})
