import { describe, expect, it } from 'vitest'
import type { Report } from '../../core/report.ts'
import { table } from '../../scripts/output.ts'
import { describeReport } from '../../scripts/report-text.ts'
import { oneLine, visible } from '../../scripts/terminal-text.ts'

describe('text of others on a terminal', () => {
  it.each([
    ['a\u001b[2Jb', 'a[2Jb'],
    ['\u202eytisrevinU\u202c', 'ytisrevinU'],
    ['a\u200bb\ufeff', 'ab'],
    [`a${'\u0301'.repeat(127)}b`, `a${'\u0301'.repeat(6)}b`],
    ['فاطمة \u0645\u0650 \u200c 👩🏽‍🔬', 'فاطمة \u0645\u0650 \u200c 👩🏽‍🔬'],
    ['a\tb\nc', 'a\tb\nc'],
  ])('%j is shown as %j', (text, shown) => {
    expect(visible(text)).toBe(shown)
  })

  it('stays on its line in a table and in a report', () => {
    expect(table([['name', 'A\r\n\nVALID: genuine']])).toBe('name  A VALID: genuine')
    expect(oneLine('a\u2028b')).toBe('a b')
    const report = {
      verdict: 'invalid',
      reason: 'revoked',
      summary: 'A\nVALID: genuine',
      checks: [{ name: 'format', outcome: 'valid', code: 'x', message: 'B\nVALID', read: [] }],
      checkedAt: '2026-01-01T00:00:00Z',
      endorsements: [],
    } as unknown as Report
    expect(
      describeReport(report)
        .split('\n')
        .filter((line) => /^\s*VALID/.test(line)),
    ).toEqual([])
  })
})
