import { describe, expect, it } from 'vitest'
import { isLogRangeRefusal } from '../../core/log-range.ts'
import { RpcError } from '../../core/rpc.ts'

describe('a refusal of too many blocks or logs', () => {
  it.each([
    [-32005, 'query returned more than 10000 results'],
    [-32005, 'query returned more than 10,000 results. Try with this block range [0x1, 0x2].'],
    [-32005, 'query timeout exceeded'],
    [-32602, 'range 1000000 exceeds limit of 10000'],
    [-32602, 'Log response size exceeded. You can make eth_getLogs requests with up to a 2K block'],
    [-32600, 'You can make eth_getLogs requests with up to a 500 block range.'],
    [-32000, 'block range is too wide'],
    [-32000, 'exceed maximum block range: 5000'],
    [-32000, 'eth_getLogs is limited to a 10,000 range'],
    [-32000, 'maximum [from, to] blocks distance: 10000'],
    [-32000, 'requested too many blocks from 0 to 16777216, maximum is set to 2048'],
    [-32005, 'logs.too_many_results'],
    [-32000, 'backend response too large'],
  ])('%i %s', (code, message) => {
    expect(isLogRangeRefusal(new RpcError(code, message, undefined))).toBe(true)
  })

  it('is also what our own reader says of an answer that is too long', () => {
    const error = new Error('eth_getLogs was answered with more than 4194304 bytes')
    expect(isLogRangeRefusal(error)).toBe(true)
  })

  it.each([
    [429, 'Your app has exceeded its compute units per second capacity.'],
    [-32012, 'credits limited to 6000/sec'],
    [-32005, 'rate limit exceeded'],
    [-32005, 'daily request count exceeded, request rate limited'],
    [-32601, 'the method eth_getLogs does not exist'],
    [-32000, 'invalid block range params'],
    [-32000, 'block range extends beyond current head block'],
    [-32000, 'header not found'],
    [-32603, 'internal error'],
  ])('is not %i %s', (code, message) => {
    expect(isLogRangeRefusal(new RpcError(code, message, undefined))).toBe(false)
  })

  it.each([undefined, null, 7, {}, new Error('fetch failed')])('is not %s', (thrown) => {
    expect(isLogRangeRefusal(thrown)).toBe(false)
  })
})
