import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { JsonObject } from '../../core/canonical.ts'
import { makePresentation } from '../../core/portfolio/presentation.ts'
import { presentedPdf } from '../../documents/presented-pdf.ts'
import { signerOf } from '../core/signers.ts'
import { accredit, type Desk, must, openDesk } from './desk.ts'

let desk: Desk
let texts: readonly string[]
const holder = await signerOf(5)

beforeAll(async () => {
  desk = await openDesk()
  await accredit(desk)
  const batch = await desk.issue(['Ada', 'Bo'])
  await must(desk.run(['anchor', '--batch', batch.batch, '--network', 'localhost', '--yes']))
  texts = await Promise.all(batch.credentials.map((file) => readFile(file, 'utf8')))
})
afterAll(() => desk?.close())

const request = {
  audience: 'https://quayside.example',
  challenge: 'a-challenge-of-quayside',
}
const present = (credentials: readonly string[]) =>
  makePresentation({ ...request, credentials }, { now: Date.now(), signer: holder })
const written = (name: string, document: JsonObject) => desk.write(name, JSON.stringify(document))

it('takes a presentation as JSON or attached to a PDF: what it is worth, and each credential in it', async () => {
  const presentation = await present(texts)
  const file = await written('presentation.json', presentation)
  const sheet = { address: 'x', madeAt: 0, facts: [], verdict: 'x', isValid: true, lines: [] }
  const pdf = join(file, '..', 'presentation.pdf')
  await writeFile(pdf, await presentedPdf({ ...sheet, presentation }))
  for (const source of [file, pdf]) {
    const { code, json } = await desk.runJson(['check', source])
    expect(code).toBe(0)
    expect(json[0].presentation).toMatchObject({
      verdict: 'valid',
      holder: holder.did,
      domain: 'https://quayside.example',
      challenge: 'a-challenge-of-quayside',
    })
    expect(json.slice(1)).toMatchObject(texts.map(() => ({ report: { verdict: 'valid' } })))
  }
  const { stdout } = await desk.run(['check', file])
  expect(stdout).toContain('Presentation SIGNED')
  expect(stdout).toContain('Compare these with what you asked')
})

it('tells one forged credential among several, a signature that does not fit, and that nobody signed', async () => {
  const [first = '', second = ''] = texts
  const forged = first.replace(/"(?:Ada|Bo)"/, '"Eve"')
  const one = await desk.runJson([
    'check',
    await written('one.json', await present([second, forged])),
  ])
  expect([one.code, one.json[0].presentation.verdict]).toEqual([1, 'valid'])
  expect(one.json.slice(1).map((answer: never) => answer['report']['verdict'])).toEqual([
    'valid',
    'invalid',
  ])
  const altered = { ...(await present([first])), verifiableCredential: [JSON.parse(second)] }
  const two = await desk.runJson(['check', await written('two.json', altered)])
  expect([two.code, two.json[0].presentation.reason]).toEqual([1, 'signature_invalid'])
  const unsigned = await makePresentation({ credentials: [first] }, { now: Date.now() })
  const three = await desk.runJson(['check', await written('three.json', unsigned)])
  expect([three.code, three.json[0].presentation.reason]).toEqual([2, 'presentation_unsigned'])
})
