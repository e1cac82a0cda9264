import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DOMParser } from '@xmldom/xmldom'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { markup } from '../../core/markup.ts'
import { auditPage } from '../../scripts/audit/page.ts'
import type { AuditedBatch, AuditReport } from '../../scripts/audit/report.ts'
import { ticksBetween } from '../../scripts/audit/time-axis.ts'
import { timeline } from '../../scripts/audit/timeline.ts'
import { launchChromium } from '../web/chromium.ts'
import { accounts } from './anvil.ts'

const start = Date.parse('2025-01-10T09:00:00Z')
const day = 86_400_000
const at = (days: number) => new Date(start + days * day).toISOString().replace('.000', '')
const rootOf = (sequence: number) => `0x${sequence.toString(16).padStart(64, '0')}`

function batch(sequence: number, more: Partial<AuditedBatch> = {}): AuditedBatch {
  const time = at(sequence * 3)
  return {
    sequence,
    root: rootOf(sequence),
    size: sequence * 10,
    block: sequence,
    transaction: '0x',
    anchoredAt: time,
    blockTime: time,
    withdrawnAt: undefined,
    revoked: 0,
    suspended: 0,
    sender: { kind: 'issuer' },
    rebuilt: true,
    ...more,
  }
}

function report(count: number, more: Partial<AuditReport> = {}): AuditReport {
  return {
    chainId: 31337,
    registry: accounts.operator,
    issuer: accounts.issuer,
    block: { number: 77, hash: rootOf(77), time: at(count * 3 + 10) },
    count,
    batches: Array.from({ length: count }, (_, i) => batch(i + 1)),
    changes: [],
    trusted: [],
    basis: { endpoint: 'http://127.0.0.1:8545' },
    credentials: { ofHolders: 0, inFiles: 0, drawn: 0, standings: {} },
    findings: [],
    unread: [],
    notes: [],
    ...more,
  }
}

const parse = (svg: string) => new DOMParser().parseFromString(svg, 'text/xml')
const hostile = `</style><script>alert(1)</script><img src=x onerror='alert(1)'>"&`

describe('the page of an audit', () => {
  it('escapes every text, whoever wrote it', () => {
    const finding = { code: hostile, message: hostile, file: hostile, sequence: 1, root: rootOf(1) }
    const page = auditPage(report(2, { findings: [finding], unread: [finding] }))
    expect(page).not.toMatch(/<script|<img/)
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
    expect(markup`<a title="${hostile}">${[markup`${1}`, markup`${'<'}`]}</a>`.markup).toBe(
      '<a title="&lt;/style&gt;&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror=&#39;alert(1)&#39;&gt;&quot;&amp;">1&lt;</a>',
    )
  })

  it('says what is proved, whose word the rest is, and of how much', () => {
    const credentials = {
      ofHolders: 2,
      inFiles: 30,
      drawn: 10,
      seed: 'lot',
      standings: { active: 12 },
    }
    const believed = auditPage(report(2, { credentials }))
    expect(believed).toContain('reported by http://127.0.0.1:8545</a>')
    expect(believed).toContain('Nothing of it is proved')
    expect(believed).toContain(
      'Credentials verified one by one, of 30 anchored: 2 of holders; 10 of the 30 in the batch files, drawn from the seed lot: 12 active.',
    )
    const proved = { blockHash: rootOf(7), hashFrom: 'which you gave' }
    const page = auditPage(report(2, { basis: { endpoint: 'http://a.example', proved } }))
    expect(page).toContain(`proved against block hash ${rootOf(7)}, which you gave</a>`)
    expect(page).toContain('with eth_getProof against the state root')
    expect(page).toMatch(/The time of the block of each anchor.*reported by http:\/\/a\.example/)
    expect(page).not.toContain('Nothing of it is proved')
  })

  it('says who vouched for which batches, and from when until when', () => {
    const accreditation = {
      accreditors: ['Quality Register', 'Agency'],
      name: 'Northfield \u202eytisrevinU',
      did: 'did:web:northfield.example',
      scope: '',
      validFrom: at(-10),
      validUntil: at(900),
    }
    const later = { ...accreditation, withdrawnAt: at(800) }
    const batches = [
      batch(1, { accreditation }),
      batch(2, { accreditation }),
      batch(3),
      batch(4, { accreditation: later }),
    ]
    const trusted = [{ account: accounts.stranger, name: 'Quality Register' }]
    const rows = (text: string) => text.slice(text.indexOf('<h2>Accreditation</h2>'))
    const page = rows(auditPage(report(4, { batches, trusted })))
    expect(page).toMatch(
      /Batches 1 to 2<.*Northfield ytisrevinU.*Quality Register, then Agency.*anything.*31 Dec 2024.*29 Jun 2027/,
    )
    expect(page).toMatch(/Batch 3<.*Nobody whom the trust file names vouched/)
    expect(page).toMatch(/Batch 4<.*withdrawn 21 Mar 2027, 09:00 UTC, <br>after the anchor/)
    expect(rows(auditPage(report(4, { batches })))).toContain('It was not asked for')
  })

  it('shows texts of others without what would reorder, hide or flood', () => {
    const message = `\u202eno finding\u2066\u0007 ${'A'.repeat(90_000)}`
    const page = auditPage(report(1, { findings: [{ code: 'x', message, file: '\u202etxt.exe' }] }))
    expect(page).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/)
    expect(page).toMatch(/<p>no finding A+…<\/p>/)
    expect(page.length).toBeLessThan(40_000)
  })

  it('needs nothing else', () => {
    const page = auditPage(report(3))
    expect(page).not.toMatch(/<(?:script|link|img|iframe|object|embed|base|form)\b/)
    expect(page).not.toMatch(/(?:src|srcset|data|action)=|url\(|@import/)
    // An address may be told, but nothing is there that would fetch it.
    expect(page.replaceAll('http://127.0.0.1:8545', '')).not.toMatch(/https?:/)
    expect([...page.matchAll(/href="([^"]*)"/g)].every(([, to]) => to?.startsWith('#'))).toBe(true)
  })

  it('says of each batch what was found, and links there', () => {
    const changes = [
      { kind: 'revoked', root: rootOf(2), count: 3, block: 9, time: at(20) },
      { kind: 'withdrawn', root: rootOf(3), count: 30, block: 9, time: at(21) },
    ] as const
    const batches = [batch(1), batch(2, { revoked: 3 }), batch(3, { withdrawnAt: at(21) })]
    const findings = [{ code: 'batch_withheld', message: 'Gone.', sequence: 1, root: rootOf(1) }]
    const page = auditPage(report(3, { batches, changes, findings }))
    expect(page).toContain('1 finding.')
    expect(page).toContain('<tbody id="batch-1" class="found">')
    expect(page).toMatch(/<li id="finding-1" class="found"><p>Gone\.<.*href="#batch-1"/)
    expect(page).toContain('<a class="faults" href="#finding-1">batch_withheld</a>')
    expect(page).toContain('<tbody id="batch-2" class="clear">')
    expect(page).toContain('3 revoked')
    expect(page).toMatch(/withdrawn 31 Jan 2025/)
  })

  it('tells findings in the order of the time line', () => {
    const told = [undefined, 3, 1].map((sequence) => ({
      code: 'x',
      message: `about ${sequence ?? 'all'}.`,
      ...(sequence !== undefined && { sequence, root: rootOf(sequence) }),
    }))
    const page = auditPage(report(3, { findings: told }))
    const said = [...page.matchAll(/<li id="finding-\d"[^>]*><p>about (\w+)/g)]
    expect(said.map(([, about]) => about)).toEqual(['1', '3', 'all'])
    expect(page).toContain('href="#finding-2">x</a>')
  })

  it('tells a clean audit, an empty one, and one that could not be made in full', () => {
    expect(auditPage(report(2))).toContain('<h1>Nothing to object to.</h1>')
    expect(auditPage(report(0))).toContain('never anchored a batch')
    const unread = [{ code: 'leaves_unread', message: 'HTTP 500.', sequence: 1, root: rootOf(1) }]
    const page = auditPage(report(1, { unread }))
    expect(page).toContain('class="verdict unread"')
    expect(page).toContain('<h1>No findings, but 1 could not be read.</h1>')
    const batches = [batch(1, { rebuilt: false })]
    expect(auditPage(report(1, { batches }))).toContain('on the chain; no tree was rebuilt.</h1>')
  })
})

describe('the time line', () => {
  it('is well-formed, with a lane a batch', () => {
    const svg = parse(timeline(report(20)).markup)
    const lanes = Array.from(svg.getElementsByTagName('a'))
    expect(lanes.map((lane) => lane.getAttribute('href'))).toEqual(
      Array.from({ length: 20 }, (_, i) => `#batch-${i + 1}`),
    )
  })

  it('numbers the batches that have findings, however many there are', () => {
    const told = { code: 'batch_withheld', message: 'Gone.', sequence: 333, root: rootOf(333) }
    const svg = timeline(report(500, { findings: [told] })).markup
    const numbers = [...svg.matchAll(/class="number"[^>]* y="([\d.]+)">(\d+)</g)]
    const named = numbers.map(([, , number]) => Number(number))
    expect(named).toContain(333)
    expect(named).not.toContain(335)
    expect(named.length).toBeGreaterThan(20)
    const places = numbers.map(([, y]) => Number(y)).sort((a, b) => a - b)
    for (const [i, y] of places.slice(1).entries()) expect(y - (places[i] ?? 0)).toBeGreaterThan(12)
  })

  it('has a size for any number of batches and changes, all within its frame', () => {
    const changes = Array.from({ length: 20_000 }, (_, i) => ({
      kind: 'revoked' as const,
      root: rootOf(1 + (i % 1000)),
      count: 1,
      block: i,
      time: at(3000 + (i % 7)),
    }))
    const svg = timeline(report(1000, { changes: changes.slice(0, 5000) })).markup
    const [, width, height] = /viewBox="0 0 (\d+) ([\d.]+)"/.exec(svg)?.map(Number) ?? []
    expect([width, (height ?? 0) < 4200]).toEqual([1000, true])
    for (const [, x] of svg.matchAll(/ c?x[12]?="([\d.-]+)"/g)) {
      expect(Number(x)).toBeGreaterThanOrEqual(0)
      expect(Number(x)).toBeLessThanOrEqual(1000)
    }
    expect(svg).not.toMatch(/NaN|Infinity|undefined/)
  })

  it('bears batches of one moment, and a block time before them', () => {
    const same = [1, 2, 3].map((sequence) => batch(sequence, { blockTime: at(0), size: 1 }))
    const block = { number: 1, hash: rootOf(1), time: at(0) }
    expect(timeline(report(3, { batches: same, block })).markup).not.toMatch(/NaN|Infinity/)
    const earlier = { ...block, time: at(-9) }
    expect(timeline(report(3, { batches: same, block: earlier })).markup).not.toMatch(/NaN/)
  })

  it.each([
    [2 / 24 / 60, '09:01'],
    [0.2, '10 Jan 12:00'],
    [2, '10 Jan 12:00'],
    [7, '11 Jan'],
    [40, '16 Jan'],
    [300, 'Apr 2025'],
    [700, 'Apr 2025'],
    [3000, '2026'],
  ])('has few round times over %f days', (days, expected) => {
    const ticks = ticksBetween(start, start + days * day)
    expect(ticks.length).toBeGreaterThan(0)
    expect(ticks.length).toBeLessThanOrEqual(10)
    expect(ticks.map(({ label }) => label)).toContain(expected)
  })
})

describe('the page in a browser', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rootmark-page-'))
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  it.each(['light', 'dark'] as const)(
    'fits a phone and asks nobody anything (%s)',
    async (look) => {
      const file = join(folder, `${look}.html`)
      await writeFile(file, auditPage(report(30)))
      const browser = await launchChromium()
      const page = await browser.newPage({
        colorScheme: look,
        viewport: { width: 360, height: 700 },
      })
      const asked: string[] = []
      const complaints: string[] = []
      page.on('request', (request) => asked.push(request.url()))
      page.on('console', (message) => complaints.push(message.text()))
      await page.goto(`file://${file}`)
      const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth')
      const laneWidth = await page.evaluate(
        'document.querySelector(".timeline .life").getBoundingClientRect().width',
      )
      await browser.close()
      expect([overflow, asked, complaints]).toEqual([0, [`file://${file}`], []])
      expect(laneWidth).toBeGreaterThan(50)
    },
  )
})
