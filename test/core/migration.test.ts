import { TypedDataEncoder } from 'ethers'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checksumAddress } from '../../core/abi.ts'
import { type Hex, toHex } from '../../core/bytes.ts'
import {
  type Migration,
  migrationHash,
  migrationTypedData,
  parseMigration,
} from '../../core/migration.ts'
import { refusalOf } from './thrown.ts'

const bytes = (length: number) =>
  fc.uint8Array({ minLength: length, maxLength: length }).map((value): Hex => toHex(value))
const address = bytes(20).map((value) => checksumAddress(value))
const place = fc.record({
  chainId: fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
  registry: address,
})
const migration: fc.Arbitrary<Migration> = fc.record({
  issuer: address,
  root: bytes(32),
  size: fc.integer({ min: 1, max: 2 ** 32 - 1 }),
  from: place,
  to: place,
})

describe('a migration, format rule 13', () => {
  it('is hashed as EIP-712 says, by an implementation that is not ours', () => {
    fc.assert(
      fc.property(migration, (one) => {
        const { domain, types, message } = migrationTypedData(one)
        const { Migration: members } = types
        expect(toHex(migrationHash(one))).toBe(
          TypedDataEncoder.hash(domain, { Migration: members }, message),
        )
      }),
    )
  })

  it('is written with the type of the documentation', () => {
    const [one] = fc.sample(migration, 1) as [Migration]
    const { types } = migrationTypedData(one)
    const encoder = TypedDataEncoder.from({ Migration: types.Migration })
    expect(encoder.encodeType('Migration')).toBe(
      'Migration(address issuer,bytes32 root,uint32 size,uint256 fromChainId,address fromRegistry,uint256 toChainId,address toRegistry)',
    )
  })

  const record = {
    format: 'rootmark-migration-1',
    issuer: checksumAddress(`0x${'ab'.repeat(20)}`),
    root: `0x${'01'.repeat(32)}`,
    size: 3,
    from: { chainId: 1, registry: checksumAddress(`0x${'c1'.repeat(20)}`) },
    to: { chainId: 10, registry: checksumAddress(`0x${'c1'.repeat(20)}`) },
    signature: `0x${'02'.repeat(65)}`,
  }

  it('is read in one form, whatever the case of its digits', () => {
    expect(parseMigration(record)).toEqual(record)
    const shouted = { ...record, root: `0x${'AB'.repeat(32)}`, issuer: `0x${'AB'.repeat(20)}` }
    expect(parseMigration(shouted)).toMatchObject({
      root: `0x${'ab'.repeat(32)}`,
      issuer: record.issuer,
    })
  })

  it.each([
    ['nothing', null, ''],
    ['a list', [], ''],
    ['a member too many', { ...record, note: '' }, ''],
    ['another format', { ...record, format: 'rootmark-migration-2' }, '/format'],
    ['no size', { ...record, size: 0 }, '/size'],
    ['a size beyond uint32', { ...record, size: 2 ** 32 }, '/size'],
    ['half a size', { ...record, size: 1.5 }, '/size'],
    ['a size in a text', { ...record, size: '3' }, '/size'],
    ['a short root', { ...record, root: '0x01' }, '/root'],
    ['no root', { ...record, root: undefined }, '/root'],
    ['a short signature', { ...record, signature: `0x${'02'.repeat(64)}` }, '/signature'],
    ['a number for an issuer', { ...record, issuer: 7 }, '/issuer'],
    ['a typing error', { ...record, issuer: record.issuer.replace('B', 'b') }, '/issuer'],
    ['no place', { ...record, from: undefined }, '/from'],
    ['chain 0', { ...record, to: { ...record.to, chainId: 0 } }, '/to/chainId'],
    ['a chain in a text', { ...record, to: { ...record.to, chainId: '1' } }, '/to/chainId'],
    ['a registry too many', { ...record, to: { ...record.to, other: 1 } }, '/to'],
    ['no registry', { ...record, to: { chainId: 1 } }, '/to/registry'],
  ])('is refused with its place: %s', (_, value, pointer) => {
    expect(refusalOf(() => parseMigration(value))).toMatchObject({ pointer })
  })
})
