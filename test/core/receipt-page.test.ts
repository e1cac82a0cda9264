import { expect, it } from 'vitest'
import type { PrintedCode } from '../../core/printed-code.ts'
import { receiptPage } from '../../core/receipt-page.ts'
import type { Report } from '../../core/report.ts'
import { reportOf } from './printed-report.ts'

const code: PrintedCode = {
  text: 'https://credentials.example.edu/#c=1.123',
  carries: 'credential',
  version: 1,
  size: 21,
  path: 'M0 0h1v1h-1z',
}
const page = 'https://credentials.example.edu/'
const print = (report: Report, change: object = {}) =>
  receiptPage({ report, code, page, blockHash: `0x${'c4'.repeat(32)}`, ...change })
const wordOf = (html: string) => /<p class="word">([^<]*)</.exec(html)?.[1]

it('says who, what, by whom and how things stood at the block', () => {
  const html = print(reportOf())
  for (const text of [
    'Zoë Ångström',
    'Data Literacy',
    'Northfield University',
    'accredited by Agency, which is accredited by Ministry, for: Micro-credentials, EQF 5 to 7<',
    'As of block 43,210,987 of Gnosis, 23 November 2026, 20:16 UTC.',
    'without end',
    `0x${'c4'.repeat(32)}`,
    'nothing of it is sent to that site',
  ]) {
    expect(html).toContain(text)
  }
  expect(wordOf(html)).toBe('Neither revoked nor suspended')
  expect(html).not.toContain('test network')
})

it('says in words what an accreditation is for', () => {
  const { accreditation } = reportOf()
  const vouchOf = (scope: string) =>
    /accredited by ([^<]*)</.exec(
      print(
        reportOf({ accreditation: { ...accreditation, accreditors: [{ name: 'Agency' }], scope } }),
      ),
    )?.[1]
  expect(vouchOf('types: MicroCredential; eqf: 5-6; isced: 0613')).toBe(
    'Agency, for Micro Credential, at EQF levels 5-6, in ISCED-F field 0613',
  )
  expect(vouchOf('')).toBe('Agency')
  expect(vouchOf('types: <b>')).toBe('Agency, for: types: &lt;b&gt;')
})

it('has neither scripts nor anything to fetch', () => {
  const html = print(reportOf())
  expect(/<script|<link|<img|@import|url\(|src=|\son\w+=/i.exec(html)?.[0]).toBeUndefined()
  const hrefs = [...html.matchAll(/href="([^"]*)"/g)].map(([, href]) => href)
  expect(hrefs.filter((href) => !href?.startsWith('#'))).toEqual([code.text])
})

it('tells what ended a credential, and what is not known, before anything else', () => {
  const standing = (name: string, outcome: string, what: string) =>
    wordOf(
      print(reportOf({ checks: [{ name, outcome, code: what, message: 'So it is.', read: [] }] })),
    )
  expect(standing('status', 'invalid', 'revoked')).toBe('Revoked by the issuer')
  expect(standing('status', 'invalid', 'suspended')).toBe('Suspended by the issuer')
  expect(standing('validity', 'invalid', 'expired')).toBe('Expired')
  expect(standing('accreditation', 'invalid', 'issuer_unknown')).toBe('Not valid')
  expect(standing('status', 'indeterminate', 'status_unknown')).toBe('Its standing is not known')
  expect(standing('format', 'valid', 'valid')).toBe('Its standing is not known')
})

it('says whose word the issuer’s name is, and that a test network is one', () => {
  const { anchor } = reportOf()
  const html = print(
    reportOf({ accreditation: undefined, anchor: { ...anchor, testNetwork: true } }),
  )
  expect(html).toContain('The issuer’s name is as the credential states it.')
  expect(html).toContain('Anchored on a test network: not for real use.')
})

it('says how to check it with each code, and without one', () => {
  expect(print(reportOf(), { page: undefined })).toContain('npx hardhat check file.txt')
  const link = { ...code, carries: 'link', text: 'https://x.example/credentials/1' }
  expect(print(reportOf(), { code: link })).toContain('It fetches the credential from x.example')
  const without = print(reportOf(), { code: undefined })
  expect(without).not.toContain('Scan')
  expect(without).not.toContain('<figure')
})

it('escapes what others wrote, hides no marks in it and keeps it short', () => {
  const evil = `</style><script>alert(1)</script>"'&\u202egnp.`
  const credential = {
    ...reportOf().credential,
    holder: evil,
    name: evil.repeat(400),
    id: evil,
    result: evil,
    skills: [{ name: evil }],
    validFrom: evil,
    issuer: { id: evil, name: evil, url: evil },
  }
  const html = print(reportOf({ credential, accreditation: undefined }))
  expect(html).not.toMatch(/<script|\u202e/)
  expect(html.match(/<\/style>/g)).toHaveLength(1)
  expect(html.length).toBeLessThan(60_000)
})
