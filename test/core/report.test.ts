import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Check, checkNames, foldVerdict, type Outcome } from '../../core/report.ts'

const outcomes: readonly Outcome[] = ['valid', 'invalid', 'indeterminate', 'skipped']
const checksOf = (found: readonly Outcome[]): readonly Check[] =>
  checkNames.map((name, i) => {
    const outcome = found[i] ?? 'skipped'
    return {
      name,
      outcome,
      code: `${name}_${outcome}`,
      message: `${name} is ${outcome}.`,
      read: [],
    }
  })
const eight = fc.array(fc.constantFrom(...outcomes), { minLength: 8, maxLength: 8 })

describe('the verdict', () => {
  it('is invalid if any check is, else indeterminate if any could not be answered, else valid if something was proved', () => {
    fc.assert(
      fc.property(eight, (found) => {
        const { verdict } = foldVerdict(checksOf(found))
        const isProved = found[1] === 'valid' || found[3] === 'valid'
        if (found.includes('invalid')) expect(verdict).toBe('invalid')
        else if (found.includes('indeterminate') || !isProved) expect(verdict).toBe('indeterminate')
        else expect(verdict).toBe('valid')
      }),
      { numRuns: 2000 },
    )
  })

  it('gives the reason of the first check in reading order that decides it', () => {
    fc.assert(
      fc.property(eight, (found) => {
        const checks = checksOf(found)
        const { verdict, reason, summary } = foldVerdict(checks)
        const deciding = checks.find(({ outcome }) => outcome === verdict)
        if (verdict === 'valid') expect(reason).toBe('valid')
        else if (deciding)
          expect({ reason, summary }).toEqual({ reason: deciding.code, summary: deciding.message })
        else expect(reason).toBe('nothing_proved')
      }),
    )
  })

  it('is never valid where nothing at all was checked', () => {
    expect(foldVerdict(checksOf([])).verdict).toBe('indeterminate')
    expect(foldVerdict([]).verdict).toBe('indeterminate')
    expect(
      foldVerdict(
        checksOf(['valid', 'skipped', 'valid', 'skipped', 'valid', 'valid', 'valid', 'valid']),
      ).verdict,
    ).toBe('indeterminate')
  })
})
