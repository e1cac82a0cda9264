import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bakePng } from '../../core/baked-png.ts'
import { bakeSvg } from '../../core/baked-svg.ts'
import { certificatePdf } from '../../documents/pdf.ts'
import { credentialElement, itxt, jws, png, svg } from '../core/badge-images.ts'
import { pdfOf } from '../core/pdf-files.ts'
import {
  base64url,
  didJwk,
  enveloped,
  payloadBy,
  tokenOf,
  tokenSigner,
  unsignedToken,
} from '../core/tokens.ts'
import { accredit, type Desk, must, openDesk } from './desk.ts'
import { startEndpoint } from './endpoint.ts'

describe('badges on the command line', () => {
  let desk: Desk
  let file: string
  let json: string
  beforeAll(async () => {
    desk = await openDesk()
    await accredit(desk)
    const batch = await desk.issue(['Նարե', 'ሰላም'])
    file = batch.credentials[0] as string
    json = await readFile(file, 'utf8')
    await must(desk.run(['anchor', '--batch', batch.batch, '--network', 'localhost', '--yes']))
  })
  afterAll(() => desk?.close())

  it('check: the report of the JSON inside, from a file, standard input and a URL', async () => {
    const pngFile = await desk.write('badge.png', bakePng(png(), json))
    const svgFile = await desk.write('badge.svg', bakeSvg(svg(''), json))
    const sheet = { code: undefined, page: 'https://credentials.example.edu/' }
    const pdfFile = await desk.write('sheet.pdf', await certificatePdf(JSON.parse(json), sheet))
    const site = await startEndpoint(
      (_body, _request, response) => void response.end(bakePng(png(), json)),
    )
    const found = await Promise.all([
      desk.runJson(['check', file]),
      desk.runJson(['check', pngFile]),
      desk.runJson(['check', svgFile]),
      desk.runJson(['check', pdfFile]),
      desk.runJson(['check'], { input: svg(credentialElement(json)) }),
      desk.runJson(['check', `${site.url}/badge.png`]),
    ])
    await site.close()
    const [plain, ...badges] = found.map(({ code, json: report }) => ({
      code,
      ...report,
      checkedAt: '',
    }))
    expect(plain).toMatchObject({ code: 0, verdict: 'valid' })
    for (const badge of badges) expect(badge).toEqual(plain)
  })

  it('check: tells apart what is forged, damaged, empty, of Open Badges 2 and signed as a JWT', async () => {
    const forged = json.replace('Data Literacy', 'Data Mastery')
    expect(forged).not.toBe(json)
    const files = await Promise.all([
      desk.write('forged.png', bakePng(png(), forged)),
      desk.write('cut.png', png(itxt(json)).subarray(0, -30)),
      desk.write('empty.svg', svg('')),
      desk.write('entities.svg', '<!DOCTYPE svg [<!ENTITY a "b">]><svg/>'),
      desk.write('two.png', png(itxt('{}', { keyword: 'openbadges' }))),
      desk.write('jwt.png', png(itxt(jws))),
      desk.write('none.pdf', pdfOf(['<</Type /Catalog>>'])),
      desk.write('large.png', Buffer.concat([png(itxt(json)), Buffer.alloc(2_097_153)])),
    ])
    const { code, json: answers } = await desk.runJson(['check', ...files])
    expect(code).toBe(1)
    const reasons = answers.map(
      (each: { report?: { reason: string }; error?: { code: string } }) =>
        each.report?.reason ?? each.error?.code,
    )
    expect(reasons).toEqual([
      'tampered',
      'png_malformed',
      'badge_empty',
      'xml_unsafe',
      'open_badges_2',
      'not_a_credential',
      'badge_empty',
      'too_large',
    ])
  })

  it('check: an envelope that is not opened could not be checked, exit code 2', async () => {
    const cose = enveloped('', { id: 'data:application/vc+cose;base64,0oRDoQEmoEH2' })
    const { code, stdout } = await desk.run(['check'], { input: JSON.stringify(cose) })
    expect(code).toBe(2)
    expect(stdout).toContain('It opens JSON Web Tokens.')
    expect(stdout).not.toContain('NOT A CREDENTIAL')
  })

  it('check: JSON Web Tokens, in a file, an image or an envelope', async () => {
    const signer = await tokenSigner('RS256')
    const issuer = didJwk(signer)
    const token = await tokenOf(payloadBy(issuer), signer, { kid: `${issuer}#0` })
    const [header, , signature] = token.split('.')
    const forged = base64url(JSON.stringify(payloadBy(issuer, { name: 'Doctor of Welding' })))
    const own = await tokenOf(payloadBy('https://college.example.edu/'), signer, {
      jwk: signer.jwk,
    })
    for (const [input, code, reason] of [
      [token, 0, 'valid'],
      [JSON.stringify(enveloped(token)), 0, 'valid'],
      [png(itxt(token)), 0, 'valid'],
      [`${header}.${forged}.${signature}`, 1, 'signature_invalid'],
      [unsignedToken({ alg: 'none' }, payloadBy(issuer), ''), 1, 'jwt_algorithm_refused'],
      [own, 2, 'issuer_key_self_asserted'],
    ] as const) {
      const answer = await desk.run(['check', await desk.write('token', input), '--json'])
      expect([answer.code, JSON.parse(answer.stdout).reason]).toEqual([code, reason])
    }
  })

  it('revoke: takes the badge for its credential', async () => {
    const badge = await desk.write('lost.svg', bakeSvg(svg(''), json))
    await must(desk.run(['revoke', badge, '--network', 'localhost', '--yes']))
    const { json: report } = await desk.runJson(['check', file])
    expect(report).toMatchObject({ verdict: 'invalid', reason: 'revoked' })
  })
})
