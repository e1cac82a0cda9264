import { describe, expect, it } from 'vitest'
import { isPublicAddress, lookupOf } from '../../documents/public-address.ts'

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

describe('a lookup', () => {
  const lookup = (hostname: string, isPublic: (address: string) => boolean, all: boolean) =>
    new Promise<{ error: Error | null; found: unknown }>((resolve) => {
      lookupOf(isPublic)(hostname, { all }, (error, found) => resolve({ error, found }))
    })

  it('refuses a name that leads to loopback, for one address or all of them', async () => {
    for (const all of [true, false]) {
      const { error } = await lookup('localhost', isPublicAddress, all)
      expect(String(error)).toContain('localhost is not a public host')
    }
  })

  it('refuses a name of which one address of several is not public', async () => {
    // localhost has 127.0.0.1 and, where the machine speaks IPv6, ::1; the first asked about is let through.
    let asked = 0
    const { error } = await lookup('localhost', () => asked++ > 0, true)
    expect(String(error)).toContain('localhost is not a public host')
  })

  it('gives what was found where all of it is let through', async () => {
    const { error, found } = await lookup('localhost', () => true, true)
    expect(error).toBeNull()
    expect(found).toEqual(
      expect.arrayContaining([expect.objectContaining({ address: expect.any(String) })]),
    )
  })

  it('passes on that there is no such name', async () => {
    const { error } = await lookup('nowhere.invalid', () => true, false)
    expect(error).toBeInstanceOf(Error)
  })
})
