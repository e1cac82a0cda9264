import { deflateSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { badgeBytes, carrierOf, unbake, verifyBadge } from '../../core/baked.ts'
import { bakePng } from '../../core/baked-png.ts'
import { bakeSvg } from '../../core/baked-svg.ts'
import { utf8 } from '../../core/bytes.ts'
import type { Check } from '../../core/report.ts'
import { verifyBytes } from '../../core/verify.ts'
import { credentialElement, itxt, jws, png, svg } from './badge-images.ts'
import { rejectionOf } from './thrown.ts'
import { didJwk, tokenOf, tokenSigner } from './tokens.ts'
import { anchoredFor, timeOf } from './transaction.ts'
import { first, readersOf, trusting } from './verifier.ts'
import { openWorld, type World } from './world.ts'

let world: World
let json: string
let now: number
beforeAll(async () => {
  world = await openWorld()
  json = JSON.stringify(first(await anchoredFor(world, world.accounts.issuer, 2)))
  now = (await timeOf(world)) * 1000
})
afterAll(() => world?.close())

const options = () => ({ readers: readersOf(world), trust: trusting(world), now })
const verify = (input: Uint8Array | string) => verifyBadge(input, options())

describe('a badge', () => {
  it('gets the very report of the credential in it, in any image', async () => {
    const report = await verifyBytes(json, options())
    expect(report).toMatchObject({ verdict: 'valid' })
    for (const badge of [
      json,
      utf8(json),
      bakePng(png(), json),
      png(itxt(deflateSync(json), { flag: 1 })),
      bakeSvg(svg(''), json),
      utf8(bakeSvg(svg(''), json)),
      svg(credentialElement(JSON.stringify(JSON.parse(json), null, 2))),
      utf8(`\ufeff${svg(credentialElement(json))}`),
      `\n\n${svg(credentialElement(json))}`,
    ]) {
      expect(await verify(badge)).toEqual(report)
    }
  })

  it('is tampered with where its credential is', async () => {
    const forged = json.replace('"name":"', '"name":"Doctor of ')
    for (const badge of [bakePng(png(), forged), bakeSvg(svg(''), forged)]) {
      expect(await verify(badge)).toMatchObject({ verdict: 'invalid', reason: 'tampered' })
    }
  })

  it('is refused where its credential is not I-JSON, with the place', async () => {
    const twice = '{"a":{"b":1,"b":2}}'
    for (const badge of [png(itxt(twice)), svg(credentialElement(twice))]) {
      expect(await rejectionOf(verify(badge))).toMatchObject({
        code: 'duplicate_name',
        pointer: '/a/b',
      })
    }
    expect((await rejectionOf(verify(png(itxt('null'))))).code).toBe('not_a_credential')
    expect((await rejectionOf(verify(png(itxt(' '))))).code).toBe('empty')
    const latin = Buffer.from(svg(credentialElement('{"a":"é"}')), 'latin1')
    expect((await rejectionOf(verify(latin))).code).toBe('utf8_invalid')
  })

  it('in an envelope of another kind is indeterminate, and never called no credential', async () => {
    const envelope = (id: string, type = 'EnvelopedVerifiableCredential') =>
      JSON.stringify({ '@context': 'https://www.w3.org/ns/credentials/v2', id, type })
    const cose = envelope('data:application/vc+cose;base64,0oRDoQEmoEH2')
    for (const badge of [
      cose,
      utf8(cose),
      png(itxt(cose)),
      svg(credentialElement(cose)),
      envelope(`data:application/vc+sd-jwt,${jws}~`),
      envelope(`data:application/vp+jwt,${jws}`, 'EnvelopedVerifiablePresentation'),
    ]) {
      const told: Check[] = []
      const report = await verifyBadge(badge, {
        ...options(),
        onCheck: (check) => told.push(check),
      })
      expect(report).toMatchObject({ verdict: 'indeterminate', reason: 'envelope_unsupported' })
      expect(report.summary).toContain('It opens JSON Web Tokens.')
      expect(report.checks.map(({ outcome }) => outcome)).toEqual([
        'indeterminate',
        ...Array(7).fill('skipped'),
      ])
      expect(told).toEqual(report.checks)
    }
  })

  it('that is anchored needs no token around it, and gains nothing by one', async () => {
    const signer = await tokenSigner('ES256')
    const stranger = { kid: `${didJwk(signer)}#0` }
    const { proof: _, ...bare } = JSON.parse(json)
    for (const [payload, header, reason] of [
      [JSON.parse(json), { jwk: signer.jwk }, 'indeterminate: issuer_key_self_asserted'],
      [JSON.parse(json), stranger, 'invalid: issuer_key_mismatch'],
      [JSON.parse(json.replace('"name":"', '"name":"Doctor of ')), stranger, 'invalid: tampered'],
      [bare, stranger, 'invalid: anchor_missing'],
    ] as const) {
      const { verdict, reason: found } = await verify(await tokenOf(payload, signer, header))
      expect(`${verdict}: ${found}`).toBe(reason)
    }
  })

  it('that is a JWT of something else is no credential', async () => {
    for (const badge of [jws, utf8(jws), png(itxt(jws)), svg(credentialElement(jws))]) {
      expect(await verify(badge)).toMatchObject({ verdict: 'invalid', reason: 'not_a_credential' })
    }
  })

  it('is no JWT because it looks a little like one', async () => {
    for (const text of ['eyJ.a', 'eyJ', `${jws}.d.e`, `x${jws}`, `${jws}"`]) {
      expect((await rejectionOf(verify(png(itxt(text))))).code).toBe('json_malformed')
    }
  })
})

describe('what carries a credential', () => {
  it('is told by its bytes', () => {
    expect(carrierOf(png())).toBe('png')
    expect(carrierOf(svg(''))).toBe('svg')
    expect(carrierOf(utf8(`\ufeff <!-- drawn -->${svg('')}`))).toBe('svg')
    expect(carrierOf('<s:svg xmlns:s="http://www.w3.org/2000/svg"/>')).toBe('svg')
    for (const text of ['{}', '', '<', '<html><svg></svg>', '<!DOCTYPE html><svg/>', '<svgx/>']) {
      expect(carrierOf(text), text).toBe('text')
      expect(carrierOf(utf8(text)), text).toBe('text')
    }
    expect(carrierOf('{"image":"<svg />"}')).toBe('text')
  })

  it('that is no image is handed on unchanged', async () => {
    const bytes = utf8(json)
    expect(await unbake(bytes)).toBe(bytes)
    expect(await unbake('GIF89a')).toBe('GIF89a')
  })

  it('is not read beyond its limit', async () => {
    const large = Buffer.concat([png(itxt(json)), Buffer.alloc(badgeBytes)])
    expect((await rejectionOf(unbake(large))).code).toBe('too_large')
    const endless = svg(credentialElement(json)) + ' '.repeat(badgeBytes)
    expect((await rejectionOf(unbake(endless))).code).toBe('too_large')
    expect((await rejectionOf(verify(' '.repeat(badgeBytes)))).code).toBe('too_large')
  })
})
