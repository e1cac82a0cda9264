import { DOMParser, XMLSerializer } from '@xmldom/xmldom'
import { describe, expect, test } from 'vitest'
import { boundText, goals, isMet } from '../../bench/goal.ts'
import { parts } from '../../bench/parts.ts'
import { chartSvg } from '../../bench/report/chart.ts'
import { resultsJson } from '../../bench/report/json.ts'
import { numberText } from '../../bench/report/number.ts'
import { resultsText, tableOf } from '../../bench/report/text.ts'
import { quantityRow, ratioRow, unmeasured } from '../../bench/row.ts'

const fast = ratioRow('wrapVc', { ours: 50_000, peer: 200, unit: 'documents/s', note: 'a note' })
const slow = ratioRow('pipelineOne', { ours: 10, peer: 20, unit: '/s', note: '' })
const small = quantityRow('memoryMillion', 512, 'MB', '')
const absent = unmeasured('bulk', 'not built | yet')
const run = {
  isQuick: false,
  machine: 'a machine',
  date: '2026-01-02',
  minutes: 3.14,
  parts: [
    { name: 'wrap', outcome: { rows: [fast, slow] }, seconds: 2, disturbance: 'others were busy' },
    { name: 'rest', outcome: { rows: [small, absent] }, seconds: 1, disturbance: undefined },
  ],
}

describe('goals', () => {
  test('every goal is measured by exactly one part', () => {
    const measured = parts.flatMap((part) => part.goals)
    expect(measured.toSorted()).toEqual(Object.keys(goals).toSorted())
  })

  test('bounds hold from both sides, the limit included', () => {
    expect([isMet({ atLeast: 2 }, 2), isMet({ atLeast: 2 }, 1.99)]).toEqual([true, false])
    expect([isMet({ atMost: 2 }, 2), isMet({ atMost: 2 }, 2.01)]).toEqual([true, false])
    expect(boundText({ atLeast: 250 })).toBe('≥ 250 ×')
    expect(boundText({ atMost: 600 }, 'MB')).toBe('≤ 600 MB')
  })
})

describe('results', () => {
  test('as JSON: a row per goal, with null for what was not measured', () => {
    const { rows, quick } = JSON.parse(resultsJson(run))
    expect(quick).toBe(false)
    expect(rows).toHaveLength(4)
    expect(rows[0]).toMatchObject({
      ...{ ours: 50_000, peer: 200, ratio: 250, goal: '≥ 200 ×', met: true },
      noisy: 'others were busy',
    })
    expect(rows[1]).toMatchObject({ ratio: 0.5, met: false })
    expect(rows[2]).toMatchObject({ ours: 512, peer: null, ratio: 512, met: true })
    expect(rows[3]).toMatchObject({ ours: null, met: null, notMeasured: 'not built | yet' })
  })

  test('as text: a line per goal, and what disturbed', () => {
    const text = resultsText(run)
    expect(text).toContain('| 50,000 documents/s | 200 documents/s | 250 × | ≥ 200 × | yes |')
    expect(text).toContain('| 0.5 × | ≥ 3 × | **no** |')
    expect(text).toContain('not measured: not built \\| yet')
    expect(text).toContain('- wrap (2 s): **noisy**: others were busy')
    expect(text).toContain('- rest (1 s): quiet')
  })

  test('a table has as many cells in every line', () => {
    const lines = tableOf(
      ['a', 'b'],
      [
        ['1', 'x|y'],
        ['2', 'two\nlines'],
      ],
    )
    expect(lines.map((line) => line.split(/(?<!\\)\|/).length)).toEqual([4, 4, 4, 4])
  })

  test('numbers keep three digits, and whole thousands', () => {
    expect([0, 0.01234, 9.876, 123.4, 65_432.1].map(numberText)).toEqual([
      ...['0', '0.0123', '9.88', '123', '65,432'],
    ])
  })
})

describe('charts', () => {
  const bars = [
    { name: 'ours & <own>', value: 100, isOurs: true },
    { name: 'theirs', value: 50, isOurs: false },
    { name: 'a speck', value: 0.0001, isOurs: false },
  ]
  const svg = chartSvg({ file: 'a.svg', title: 'Time "a" < b', unit: 'ms', bars })

  test('are XML whose bars are as long as their values', () => {
    const document = new DOMParser({
      onError: (_level, message) => {
        throw new Error(message)
      },
    }).parseFromString(svg, 'image/svg+xml')
    expect(new XMLSerializer().serializeToString(document)).toContain('ours &amp; &lt;own&gt;')
    const widths = Array.from(document.getElementsByTagName('rect'), (bar) =>
      Number(bar.getAttribute('width')),
    )
    expect(widths[0]).toBeCloseTo((widths[1] as number) * 2, 0)
    expect(widths[2]).toBeGreaterThan(0)
  })

  test('follow the dark scheme and say in words what they show', () => {
    expect(svg).toContain('prefers-color-scheme: dark')
    expect(svg).toContain('<desc id="spoken">ours &amp; &lt;own&gt;: 100 ms; theirs: 50 ms')
  })
})
