import { Interface } from 'ethers'
import { describe, expect, it } from 'vitest'
import { accreditationAbi } from '../../core/accreditation.ts'
import { InvalidInputError } from '../../core/error.ts'
import { registryAbi } from '../../core/registry.ts'
import { explain } from '../../scripts/failure.ts'

const contracts = [new Interface(registryAbi), new Interface(accreditationAbi)]
const errors = contracts.flatMap((contract) => {
  const found: [string, string][] = []
  contract.forEachError((error) => {
    const values = error.inputs.map(({ type }) => {
      if (type === 'address') return `0x${'1'.repeat(40)}`
      return type === 'bytes32' ? `0x${'2'.repeat(64)}` : 3
    })
    found.push([error.name, contract.encodeErrorResult(error, values)])
  })
  return found
})

/** An error as nodes give it, with the data where each of them puts it. */
function reverted(data: unknown): Error {
  return Object.assign(new Error('execution reverted'), { code: 3, data })
}

describe('a failure is told in a sentence', () => {
  it.each(errors)('of what %s means', (name, data) => {
    const { code, message } = explain(reverted(data))
    expect(code).toBe(name.replace(/(?<=[a-z])[A-Z]/g, (letter) => `_${letter}`).toLowerCase())
    expect(message).toMatch(/^\S.{20,}\.$/)
    expect(message).not.toContain(name)
  })

  it('wherever the node puts the data of a revert', () => {
    const [, data] = errors[0] as [string, string]
    const codes = [data, { data }, { data: { data } }].map((place) => explain(reverted(place)).code)
    expect(new Set(codes)).toEqual(new Set([explain(reverted(data)).code]))
    expect(explain(new Error('wrapped', { cause: reverted(data) })).code).toBe(codes[0])
    expect(explain(reverted('0x12345678')).code).toBe('reverted')
  })

  it.each([
    ["Sender doesn't have enough funds to send tx", 'funds_insufficient'],
    ['insufficient funds for gas * price + value', 'funds_insufficient'],
    ['connect ECONNREFUSED 127.0.0.1:8545', 'chain_unreachable'],
    ['getaddrinfo ENOTFOUND rpc.example', 'chain_unreachable'],
    ['nonce too low', 'transaction_pending'],
    ['Something else altogether', 'failed'],
  ])('when a node says %s', (said, code) => {
    expect(explain(new Error(said)).code).toBe(code)
  })

  it('with the place of input, and of files', () => {
    const input = new InvalidInputError('criteria_missing', 'criteria says nothing', '/criteria')
    expect(explain(input)).toEqual({
      code: 'criteria_missing',
      message: 'criteria says nothing',
      pointer: '/criteria',
    })
    const file = Object.assign(new Error('ENOENT: no such file'), { code: 'ENOENT', path: 'a.csv' })
    expect(explain(file)).toEqual({
      code: 'file_unusable',
      message: 'a.csv does not exist; check the path.',
    })
  })
})
