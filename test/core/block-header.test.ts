import { encode } from '@ethereumjs/rlp'
import { describe, expect, it } from 'vitest'
import { decodeHeader, encodeHeader, unknownMembers } from '../../core/block-header.ts'
import { fromHex, type Hex, toHex } from '../../core/bytes.ts'
import { exchangesOf } from './exchanges.ts'
import { rejectionOf } from './thrown.ts'
import { openWorld } from './world.ts'

const blocks = exchangesOf('eth_getBlockByNumber').filter(({ result }) => result)

describe.skipIf(blocks.length === 0)('headers that geth made', () => {
  it.each(blocks)('hashes to the block: $file', async ({ result }) => {
    expect(await decodeHeader(await encodeHeader(result))).toEqual({
      hash: result.hash,
      parentHash: result.parentHash,
      stateRoot: result.stateRoot,
      number: Number(result.number),
      time: Number(result.timestamp),
    })
  })

  it('knows the shapes of every fork from London on', () => {
    const shapes = ['baseFeePerGas', 'withdrawalsRoot', 'parentBeaconBlockRoot', 'requestsHash']
    const counts = blocks.map(({ result }) => shapes.filter((name) => name in result).length)
    expect([...new Set(counts)].sort()).toEqual([0, 1, 2, 3, 4])
  })

  it.each(blocks)(
    'never takes a header for the block when any byte is another: $file',
    async ({ result }) => {
      const bytes = fromHex(await encodeHeader(result))
      for (let i = 0; i < bytes.length; i++) {
        const changed = bytes.slice()
        changed[i] = (changed[i] as number) ^ (1 << (i % 8))
        const header = await decodeHeader(toHex(changed)).catch(({ code }) => ({ hash: code }))
        if (header.hash === result.hash) throw new Error(`byte ${i} may be changed`)
      }
      const cut = [bytes.subarray(1), bytes.subarray(0, -1), Uint8Array.of(...bytes, 0)]
      for (const each of cut) {
        expect((await rejectionOf(decodeHeader(toHex(each)))).code).toBe('block_header_malformed')
      }
    },
  )

  it('says what geth tells of a block that no header holds: nothing', () => {
    expect(blocks.flatMap(({ result }) => unknownMembers(result))).toEqual([])
  })
})

describe('block headers', () => {
  it('hashes the blocks of Hardhat’s network, which has all members', async () => {
    const world = await openWorld()
    const block = (await world.provider.request({
      method: 'eth_getBlockByNumber',
      params: ['latest', false],
    })) as Record<string, unknown>
    const { hash, number } = await decodeHeader(await encodeHeader(block))
    expect([hash, number]).toEqual([block['hash'], Number(block['number'])])
    const swapped = { ...block, stateRoot: block['receiptsRoot'] }
    expect((await decodeHeader(await encodeHeader(swapped))).hash).not.toBe(block['hash'])
    const { requestsHash: _, ...older } = block
    expect((await decodeHeader(await encodeHeader(older))).hash).not.toBe(block['hash'])
    await world.close()
  })

  it('refuses what is no block, with the place', async () => {
    const world = await openWorld()
    const block = (await world.provider.request({
      method: 'eth_getBlockByNumber',
      params: ['0x0', false],
    })) as Record<string, unknown>
    await world.close()
    const refusals = await Promise.all(
      [
        null,
        [],
        { ...block, number: 7 },
        { ...block, number: '0x' },
        { ...block, number: `0x${'1'.repeat(65)}` },
        { ...block, stateRoot: '0x00' },
        { ...block, extraData: `0x${'00'.repeat(20_000)}` },
      ].map((each) => rejectionOf(encodeHeader(each))),
    )
    expect(refusals.map(({ pointer }) => pointer)).toEqual([
      '',
      '',
      '/number',
      '/number',
      '/number',
      '/stateRoot',
      '/extraData',
    ])
  })

  it('refuses bytes that are no header', async () => {
    const nested = (depth: number): Hex => `0x${'c1'.repeat(depth)}c0`
    const many = `0x${'00'.repeat(10_000)}`
    for (const rlp of ['0x', '0xc0', '0x80', '0xf8', '0xzz', `0xd5${'80'.repeat(21)}`, many]) {
      const { code } = await rejectionOf(decodeHeader(rlp))
      expect(['block_header_malformed', 'hex_malformed']).toContain(code)
    }
    expect((await rejectionOf(decodeHeader(nested(50)))).code).toBe('block_header_malformed')
  })

  it('names a header with more members than are known', async () => {
    for (const count of [22, 23, 400]) {
      const { code, message } = await rejectionOf(
        decodeHeader(toHex(encode(Array(count).fill(new Uint8Array())))),
      )
      expect([code, message.includes(String(count))]).toEqual(['block_header_unknown', true])
    }
    expect(unknownMembers({ hash: '0x', slotNumber: '0x1', balHash: '0x' })).toEqual([
      'slotNumber',
      'balHash',
    ])
    expect(unknownMembers(null)).toEqual([])
  })

  it('refuses a number that no block has', async () => {
    const world = await openWorld()
    const block = (await world.provider.request({
      method: 'eth_getBlockByNumber',
      params: ['0x0', false],
    })) as Record<string, unknown>
    await world.close()
    const far = await encodeHeader({ ...block, number: `0x${'f'.repeat(14)}` })
    expect(await rejectionOf(decodeHeader(far))).toMatchObject({ pointer: '/number' })
    const late = await encodeHeader({ ...block, timestamp: `0x${'f'.repeat(11)}` })
    expect(await rejectionOf(decodeHeader(late))).toMatchObject({ pointer: '/timestamp' })
  })
})
