import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { constants, deflateRawSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { utf8 } from '../../core/bytes.ts'
import { carry, isCarrying, openCarried } from '../../core/carried.ts'
import { carriedWords } from '../../core/carried-words.ts'
import { fromDigits, toDigits } from '../../core/digits.ts'
import { printCode } from '../../core/printed-code.ts'
import { codeOf, rejectionOf } from './thrown.ts'

const deflate = (bytes: Uint8Array, dictionary: Uint8Array) =>
  deflateRawSync(bytes, { level: 9, dictionary })
const textOf = async (carried: string) => new TextDecoder().decode(await openCarried(carried))
const page = 'https://credentials.example.edu/'
const carried = (json: string, base?: string) => {
  const { head, digits } = carry(json, base, deflate)
  return head + digits
}

describe('digits', () => {
  it('give back all bytes, and hold 56 bits in 17', () =>
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const digits = toDigits(bytes)
        expect(fromDigits(digits)).toEqual(bytes)
        expect(digits.length).toBeLessThanOrEqual(Math.ceil((bytes.length * 17) / 7) + 1)
      }),
    ))

  it('have one spelling, and are refused cut, too large or with other characters', () => {
    const whole = toDigits(utf8('seven bytes and some'))
    for (const digits of [
      '1',
      '12',
      '256',
      '65536',
      '9'.repeat(17),
      `${whole}0`,
      whole.slice(1),
      '0x1',
      '１２３',
    ]) {
      expect([digits, codeOf(() => fromDigits(digits))]).toEqual([digits, 'carried_malformed'])
    }
    expect(fromDigits('')).toEqual(new Uint8Array())
    expect(fromDigits('255')).toEqual(Uint8Array.of(255))
  })
})

describe('a text that carries a credential', () => {
  it('gives it back, whatever is in it', () =>
    fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 300 }), async (text) => {
        const json = JSON.stringify({ text })
        expect(await textOf(carried(json))).toBe(json)
        expect(await textOf(` ${carried(json, page)}\n`)).toBe(json)
      }),
      { numRuns: 40 },
    ))

  it('is told from others by its head', () => {
    for (const text of [
      'rootmark:1:12',
      'rootmark:2:x',
      `${page}#c=1.12`,
      'http://localhost:3000/check?a=b#c=9',
    ]) {
      expect(isCarrying(text)).toBe(true)
    }
    for (const text of [
      '{}',
      page,
      `${page}?c=1.12`,
      `${page}#d=1`,
      'javascript:1#c=1.12',
      'rootmark:x',
      '',
    ]) {
      expect(isCarrying(text)).toBe(false)
    }
  })

  // Codes on paper are read with these words and no others.
  it('has a dictionary that never changes', () => {
    expect(createHash('sha256').update(carriedWords).digest('hex')).toBe(
      '9952d4cc9be38a315043f0b69f064d575b9ec2c563f97065f994acd37374ae06',
    )
    const frozen = 'rootmark:1:36899237114358520361545327618819330318387391232'
    return expect(textOf(frozen)).resolves.toBe(
      '{"name":"Data Literacy","type":["VerifiableCredential","OpenBadgeCredential"]}',
    )
  })

  it('is refused changed, cut, extended or of another version', async () => {
    const json = JSON.stringify({
      name: 'Zoë',
      values: Array.from({ length: 60 }, (_, i) => i * 7919),
    })
    const whole = carried(json)
    const code = (text: string) => rejectionOf(openCarried(text)).then((thrown) => thrown.code)
    for (const text of [
      'rootmark:1:',
      whole.slice(0, -1),
      whole.slice(0, -17),
      `${whole}0`,
      `${whole}${'0'.repeat(17)}`,
      whole.replace(':1:', ':2:'),
      `${whole}x`,
      `${whole} ${whole}`,
      '{}',
      `${page}#c=1`,
    ]) {
      expect([text.slice(0, 30), await code(text)]).toEqual([
        text.slice(0, 30),
        'carried_malformed',
      ])
    }
    // A digit more or less gives other bytes: never an error of another kind.
    for (let at = 11; at < whole.length; at++) {
      const other = whole.slice(0, at) + ((Number(whole[at]) + 1) % 10) + whole.slice(at + 1)
      const said = await textOf(other).catch((thrown) => String(thrown.code))
      expect(said).not.toBe(json)
    }
  })

  it('is a bomb to nobody', async () => {
    const started = performance.now()
    const bomb = deflateRawSync(Buffer.alloc(16_000_000), { level: constants.Z_BEST_COMPRESSION })
    expect((await rejectionOf(openCarried(`rootmark:1:${toDigits(bomb)}`))).code).toBe('too_large')
    expect((await rejectionOf(openCarried(`rootmark:1:${'1'.repeat(1_000_000)}`))).code).toBe(
      'too_large',
    )
    expect(performance.now() - started).toBeLessThan(2000)
  })
})

describe('a printed code', () => {
  const credential = (bytes: number) => ({
    type: ['VerifiableCredential', 'OpenBadgeCredential'],
    name: createHash('sha512')
      .update('seed')
      .digest('hex')
      .repeat(Math.ceil(bytes / 128))
      .slice(0, bytes),
  })
  const noise = (bytes: number) => ({
    name: Array.from({ length: Math.ceil(bytes / 44) }, (_, i) =>
      createHash('sha256').update(String(i)).digest('base64'),
    ).join(''),
  })

  it('carries the credential, with a seventh to spare where it is small', async () => {
    const code = await printCode(credential(200), { page, link: undefined, deflate })
    expect(code?.carries).toBe('credential')
    expect(code?.size).toBe((code?.version ?? 0) * 4 + 17)
    expect(JSON.parse(await textOf(code?.text ?? ''))).toEqual(credential(200))
  })

  it('leaves the signature beside the anchor away where both do not fit, and never the only proof', async () => {
    const path = new URL('../vectors/v1/credentials/valid-latin.json', import.meta.url)
    const anchored = JSON.parse(readFileSync(path, 'utf8'))
    const signature = {
      type: 'DataIntegrityProof',
      cryptosuite: 'eddsa-rdfc-2022',
      proofValue: noise(3700).name,
    }
    const both = { ...anchored, proof: [signature, ...anchored.proof] }
    const code = await printCode(both, { page, link: undefined, deflate })
    expect(JSON.parse(await textOf(code?.text ?? ''))).toEqual(anchored)
    const signed = { ...anchored, proof: [signature] }
    expect(await printCode(signed, { page, link: undefined, deflate })).toBeUndefined()
  })

  it('leads to what does not fit into the largest, or is left out', async () => {
    const large = await printCode(noise(3600), { page, link: undefined, deflate })
    expect([large?.carries, (large?.version ?? 0) > 30]).toEqual(['credential', true])
    const link = 'https://credentials.example.edu/credentials/1'
    expect(await printCode(noise(4200), { page, link, deflate })).toMatchObject({
      carries: 'link',
      text: link,
    })
    expect(await printCode(noise(4200), { page, link: undefined, deflate })).toBeUndefined()
  })
})
