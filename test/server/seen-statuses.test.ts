import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { standingAfter } from '../../server/seen-statuses.ts'
import { credentialStatuses } from '../../server/tables.ts'

const status = fc.constantFrom(...credentialStatuses)
const standing = fc.record({ status, chain_status: status })
const every = (
  holds: (
    before: ReturnType<typeof standingAfter>,
    now: (typeof credentialStatuses)[number],
  ) => void,
) => fc.assert(fc.property(standing, status, (before, now) => void holds(before, now)))

describe('what is remembered of a status that the chain shows', () => {
  it('is what the chain shows, always', () => {
    every((before, now) => expect(standingAfter(before, now).chain_status).toBe(now))
  })

  it('is final where it is a revocation', () => {
    every((before) => expect(standingAfter(before, 'revoked').status).toBe('revoked'))
  })

  it('keeps a revocation that was asked for, whatever the chain shows', () => {
    every(({ chain_status }, now) =>
      expect(standingAfter({ status: 'revoked', chain_status }, now).status).toBe('revoked'),
    )
  })

  it('keeps what was asked for and is not on the chain yet', () => {
    every(({ status, chain_status }, now) => {
      if (status === chain_status || now === 'revoked') return
      expect(standingAfter({ status, chain_status }, now).status).toBe(status)
    })
  })

  it('follows what the issuer did elsewhere, where nothing else was asked for', () => {
    expect(standingAfter({ status: 'active', chain_status: 'active' }, 'suspended')).toEqual({
      status: 'suspended',
      chain_status: 'suspended',
    })
    expect(standingAfter({ status: 'suspended', chain_status: 'suspended' }, 'active')).toEqual({
      status: 'active',
      chain_status: 'active',
    })
  })

  it('changes nothing the second time', () => {
    every((before, now) => {
      const after = standingAfter(before, now)
      expect(standingAfter(after, now)).toEqual(after)
    })
  })
})
