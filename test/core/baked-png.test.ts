import { deflateRawSync, deflateSync, inflateSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bakePng, unbakePng } from '../../core/baked-png.ts'
import { chunk, itxt, png } from './badge-images.ts'
import { rejectionOf } from './thrown.ts'

const text = '{"name":"Zoë Ångström 山田 🏅"}'
const read = async (image: Uint8Array) => new TextDecoder().decode(await unbakePng(image))
const codeOf = async (image: Uint8Array) => (await rejectionOf(unbakePng(image))).code

describe('a credential in a PNG image', () => {
  it('is read where Open Badges 3.0 has it, whatever language and translation it names', async () => {
    expect(await read(png(itxt(text)))).toBe(text)
    expect(await read(png(itxt(text, { language: 'de-DE', translation: 'Nachweis' })))).toBe(text)
  })

  it('is read wherever it stands among other chunks, and what follows the image is not looked at', async () => {
    const other = itxt('Rootmark', { keyword: 'Software' })
    const legacy = chunk('tEXt', Buffer.from('openbadgecredential\0{"no":1}'))
    const image = png(other, legacy, chunk('gAMA', Buffer.from([0, 0, 0xb1, 0x8f])), itxt(text))
    expect(await read(image)).toBe(text)
    expect(await read(Buffer.concat([image, png(itxt('{"second":1}'))]))).toBe(text)
  })

  it('is read from a part of a larger buffer', async () => {
    const image = png(itxt(text))
    const padded = Buffer.concat([Buffer.from([1, 2, 3]), image, Buffer.from([4])])
    expect(await read(padded.subarray(3, 3 + image.length))).toBe(text)
  })

  it('is read compressed, too', async () => {
    expect(await read(png(itxt(deflateSync(text), { flag: 1 })))).toBe(text)
  })

  it('is handed on as bytes, so that what is no UTF-8 is not repaired', async () => {
    expect([...(await unbakePng(png(itxt(Buffer.from([0x7b, 0xff, 0x7d])))))]).toEqual([
      0x7b, 0xff, 0x7d,
    ])
  })
})

describe('a PNG image without the one credential', () => {
  it('says that it holds none', async () => {
    expect(await codeOf(png())).toBe('badge_empty')
    expect(await codeOf(png(itxt(text, { keyword: 'OpenBadgeCredential' })))).toBe('badge_empty')
    expect(await codeOf(png(itxt(text, { keyword: 'openbadgecredential2' })))).toBe('badge_empty')
    expect(await codeOf(png(chunk('iTXt', Buffer.from('openbadgecredential'))))).toBe('badge_empty')
    const { message } = await rejectionOf(unbakePng(png()))
    expect(message).toContain('ask for the badge as its issuer handed it out')
  })

  it('is refused where it holds two, even the same', async () => {
    expect(await codeOf(png(itxt(text), itxt('{"other":1}')))).toBe('badge_ambiguous')
    expect(await codeOf(png(itxt(text), itxt(text)))).toBe('badge_ambiguous')
  })

  it('is told to be Open Badges 2 where it is', async () => {
    const old = itxt('{"@context":"https://w3id.org/openbadges/v2"}', { keyword: 'openbadges' })
    const hosted = chunk('tEXt', Buffer.from('openbadges\0https://example.org/assertion'))
    for (const image of [png(old), png(hosted)]) {
      const { code, message } = await rejectionOf(unbakePng(image))
      expect(code).toBe('open_badges_2')
      expect(message).toContain('Open Badges 2')
    }
    expect(await read(png(old, itxt(text)))).toBe(text)
  })
})

describe('a PNG image that is damaged or made to harm', () => {
  it('is refused wherever it is cut off', async () => {
    const image = png(itxt(text))
    // Without the CRC of IEND it is still cut off.
    for (let length = 2; length < image.length; length++) {
      expect(await codeOf(image.subarray(0, length)), `${length} bytes`).toBe('png_malformed')
    }
  })

  it('is refused where a CRC is wrong, in any bit of the credential', async () => {
    const image = png(itxt(text))
    const start = image.indexOf('iTXt')
    for (let at = start; at < start + 4 + 24 + text.length; at++) {
      const flipped = Buffer.from(image)
      flipped[at] = (flipped[at] ?? 0) ^ 1
      expect(await codeOf(flipped)).toBe('png_malformed')
    }
  })

  it('is refused without IHDR, without IEND, with line ends that a transfer converted', async () => {
    const image = png(itxt(text))
    const headless = Buffer.concat([image.subarray(0, 8), itxt(text), chunk('IEND')])
    expect(await codeOf(headless)).toBe('png_malformed')
    expect(await codeOf(image.subarray(0, -12))).toBe('png_malformed')
    const converted = Buffer.from(image.toString('latin1').replaceAll('\r\n', '\n'), 'latin1')
    expect(await codeOf(converted)).toBe('png_malformed')
  })

  it('does not have gigabytes allocated by what a length claims', async () => {
    for (const claimed of [0x7fffffff, 0xffffffff, 0xfffffff4, 200]) {
      const image = png(itxt(text))
      image.writeUInt32BE(claimed, image.indexOf('iTXt') - 4)
      const before = process.memoryUsage().arrayBuffers
      expect(await codeOf(image)).toBe('png_malformed')
      expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(10_000_000)
    }
  })

  it.each([
    ['another flag', { flag: 2 }],
    ['another method', { flag: 1, method: 1 }],
    ['a flag for what is not compressed', { flag: 1 }],
  ])('is refused with %s', async (_name, parts) => {
    expect(await codeOf(png(itxt(text, parts)))).toBe('png_malformed')
  })

  it('is refused where the chunk ends before its text', async () => {
    for (const rest of ['', '\0', '\0\0', '\0\0de', '\0\0de\0x']) {
      const data = Buffer.from(`openbadgecredential\0${rest}`, 'latin1')
      expect(await codeOf(png(chunk('iTXt', data))), JSON.stringify(rest)).toBe('png_malformed')
    }
  })

  it('is refused where the compressed text is cut off, has something behind it or is raw deflate', async () => {
    const packed = deflateSync(text)
    for (const data of [
      packed.subarray(0, -5),
      Buffer.concat([packed, Buffer.from('x')]),
      deflateRawSync(text),
    ]) {
      expect(await codeOf(png(itxt(data, { flag: 1 })))).toBe('png_malformed')
    }
  })

  it('is no bomb: of 512 MiB in 512 KiB no more than a credential comes out', async () => {
    const bomb = deflateSync(Buffer.alloc(512 * 1024 * 1024), { level: 9 })
    const image = png(itxt(bomb, { flag: 1 }))
    const before = process.memoryUsage().rss
    expect(await codeOf(image)).toBe('too_large')
    expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1024 * 1024)
  })

  it('is refused where its text is larger than a credential', async () => {
    expect(await codeOf(png(itxt(Buffer.alloc(1_048_577, 0x20))))).toBe('too_large')
    expect((await unbakePng(png(itxt(Buffer.alloc(1_048_576, 0x20))))).length).toBe(1_048_576)
  })

  it('is refused with more chunks than any image has', async () => {
    const chunks = Array.from({ length: 9_996 }, () => chunk('teXt'))
    const full = png(Buffer.concat(chunks), itxt(text))
    expect(await read(full)).toBe(text)
    expect(await codeOf(png(Buffer.concat([...chunks, chunk('teXt')]), itxt(text)))).toBe(
      'png_malformed',
    )
  })

  it('never ends in anything but a text or a refusal', async () => {
    const image = png(itxt(text), itxt(deflateSync(text), { flag: 1, keyword: 'other' }))
    const damage = fc.array(fc.tuple(fc.nat(image.length - 1), fc.nat(255)), { maxLength: 6 })
    await fc.assert(
      fc.asyncProperty(damage, async (places) => {
        const damaged = Buffer.from(image)
        for (const [at, byte] of places) damaged[at] = byte
        const outcome = await unbakePng(damaged).then(
          () => 'text',
          (thrown) => thrown.name,
        )
        expect(['text', 'InvalidInputError']).toContain(outcome)
      }),
    )
  })
})

describe('baking into a PNG image', () => {
  it('gives back any text, and the image stays as it was', async () => {
    const original = png(itxt('Rootmark', { keyword: 'Software' }))
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 200 }), async (baked) => {
        const image = Buffer.from(bakePng(original, baked))
        expect(await read(image)).toBe(new TextDecoder().decode(new TextEncoder().encode(baked)))
        const at = image.indexOf('IDAT')
        const length = image.readUInt32BE(at - 4)
        expect([...inflateSync(image.subarray(at + 4, at + 4 + length))]).toEqual([
          0, 0x2d, 0x5b, 0x4f, 0xff,
        ])
      }),
      { numRuns: 50 },
    )
  })

  it('makes exactly the chunk that Open Badges 3.0 describes, behind the header', () => {
    expect(Buffer.from(bakePng(png(), text))).toEqual(png(itxt(text)))
  })

  it('replaces what was baked before, of either version, however often', async () => {
    const old = itxt('{"old":1}', { keyword: 'openbadges' })
    const twice = bakePng(bakePng(png(old, itxt('{"a":1}'), itxt('{"b":1}')), '{"c":1}'), text)
    expect(Buffer.from(twice)).toEqual(png(itxt(text)))
  })

  it('refuses what is no PNG image', async () => {
    expect(() => bakePng(Buffer.from('GIF89a'), text)).toThrow(/damaged/)
    expect(() => bakePng(new Uint8Array(), text)).toThrow(/damaged/)
  })
})
