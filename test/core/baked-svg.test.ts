import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bakeSvg, unbakeSvg } from '../../core/baked-svg.ts'
import { credentialElement, jws, svg } from './badge-images.ts'
import { codeOf, refusalOf } from './thrown.ts'

const text = '{"name":"Zoë <b>Ångström</b> & 山田 🏅"}'
const refused = (image: string) => codeOf(() => unbakeSvg(image))

describe('a credential in an SVG image', () => {
  it('is read from the body of its element, as Open Badges 3.0 shows it', () => {
    expect(unbakeSvg(svg(credentialElement(text)))).toBe(text)
  })

  it('is read by namespace: with any prefix, declared anywhere, at any place', () => {
    const own = `<g><x:credential xmlns:x="https://purl.imsglobal.org/ob/v3p0"><![CDATA[${text}]]></x:credential></g>`
    expect(unbakeSvg(svg(own))).toBe(text)
    const written = `<credential xmlns="https://purl.imsglobal.org/spec/ob/v3p0">{"a":"&lt;&#233;&quot;"}</credential>`
    expect(unbakeSvg(svg(written))).toBe('{"a":"<é""}')
    const other = '<x:credential xmlns:x="https://example.org/">{}</x:credential>'
    expect(refused(svg(other))).toBe('badge_empty')
    expect(refused(svg('<credential>{}</credential>'))).toBe('badge_empty')
  })

  it('is a JWS where the attribute has one', () => {
    expect(unbakeSvg(svg(`<openbadges:credential verify="${jws}"/>`))).toBe(jws)
    const unused = `<openbadges:credential verify=""><![CDATA[${text}]]></openbadges:credential>`
    expect(unbakeSvg(svg(unused))).toBe(text)
  })

  it('keeps line separators, which XML 1.1 would turn into line feeds', () => {
    const separated = '{"a":"one\u2028two\u2029three\u0085four"}'
    expect(unbakeSvg(svg(credentialElement(separated)))).toBe(separated)
  })

  it('is read from sections that follow one another', () => {
    const parts = '<![CDATA[{"a":"]]]]><![CDATA[>"}]]>'
    expect(unbakeSvg(svg(`<openbadges:credential>${parts}</openbadges:credential>`))).toBe(
      '{"a":"]]>"}',
    )
  })

  it('is read behind the document type that drawing programs write, which is not looked up', () => {
    for (const doctype of [
      '<!DOCTYPE svg>',
      '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">',
      "<!DOCTYPE svg SYSTEM 'http://127.0.0.1:9/never-asked.dtd'>",
    ]) {
      expect(unbakeSvg(svg(credentialElement(text)).replace('?>\n', `?>\n${doctype}`))).toBe(text)
    }
  })
})

describe('an SVG image without the one credential', () => {
  it('says that it holds none', () => {
    expect(refused(svg(''))).toBe('badge_empty')
    expect(refused(svg('<openbadges:credential/>'))).toBe('badge_empty')
    expect(refused(svg(`<!-- ${credentialElement(text)} -->`))).toBe('badge_empty')
    expect(refused(svg('<text><![CDATA[<openbadges:credential>{}]]></text>'))).toBe('badge_empty')
  })

  it('is refused where it holds two', () => {
    expect(refused(svg(credentialElement(text) + credentialElement(text)))).toBe('badge_ambiguous')
    const other =
      '<credential xmlns="https://purl.imsglobal.org/spec/ob/v3p0">{"other":1}</credential>'
    expect(refused(svg(credentialElement(text) + other))).toBe('badge_ambiguous')
  })

  it('is told to be Open Badges 2 where it is', () => {
    const old = `<ob:assertion xmlns:ob="http://openbadges.org" verify="${jws}"><![CDATA[{}]]></ob:assertion>`
    expect(refusalOf(() => unbakeSvg(svg(old)))).toMatchObject({
      code: 'open_badges_2',
      message: expect.stringContaining('Open Badges 2'),
    })
    expect(unbakeSvg(svg(old + credentialElement(text)))).toBe(text)
  })
})

describe('an SVG image that is damaged or made to harm', () => {
  it('is refused wherever it is cut off', () => {
    const image = svg(credentialElement(text))
    for (let length = image.indexOf('<svg') + 5; length < image.length; length += 7) {
      expect(refused(image.slice(0, length)), `${length} characters`).toBe('svg_malformed')
    }
  })

  it.each([
    ['a stray <', '<text>1 < 2</text>'],
    ['tags that cross', '<g><a></g></a>'],
    ['an attribute without quotes', '<g fill=red />'],
    ['an attribute twice', '<g fill="a" fill="b" />'],
    ['a prefix that is not declared', '<xlink:a />'],
    ['an entity that XML does not know', '<text>&nbsp;</text>'],
    ['< in an attribute', '<g fill="<" />'],
    ['a comment that does not end', '<!-- '],
  ])('is refused with %s', (_name, body) => {
    expect(refused(svg(body + credentialElement(text)))).toBe('svg_malformed')
  })

  it('is refused where it is no SVG', () => {
    expect(refused('<html><body><svg/></body></html>')).toBe('svg_malformed')
    expect(refused('<svg/><svg/>')).toBe('svg_malformed')
    expect(refused('nothing')).toBe('svg_malformed')
    expect(refused('')).toBe('svg_malformed')
  })

  it.each([
    [
      'billion laughs',
      '<!DOCTYPE svg [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>',
    ],
    ['an external entity', '<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>'],
    ['a parameter entity', '<!DOCTYPE svg [<!ENTITY % a SYSTEM "http://127.0.0.1:9/"> %a;]>'],
    [
      'declarations behind an address',
      '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "svg11.dtd" [<!ENTITY a "b">]>',
    ],
    ['a bracket in quotes', '<!DOCTYPE svg SYSTEM "[" [<!ENTITY a "b">]>'],
  ])('is refused with %s', (_name, doctype) => {
    const image = svg(`<text>&a;</text>${credentialElement(text)}`).replace('?>', `?>${doctype}`)
    expect(refused(image)).toBe('xml_unsafe')
  })

  it('is refused with a document type after its root', () => {
    expect(refused(svg(`<!DOCTYPE svg>${credentialElement(text)}`))).toBe('xml_unsafe')
    expect(refused(`${svg(credentialElement(text))}<!DOCTYPE svg>`)).toBe('xml_unsafe')
  })

  const many = (count: number, part: (i: number) => string) =>
    Array.from({ length: count }, (_, i) => part(i)).join('')

  it.each([
    ['100,000 levels', '<g>'.repeat(100_000)],
    ['100,000 elements', '<g/>'.repeat(100_000)],
    ['100,000 comments', '<!---->'.repeat(100_000)],
    ['100,000 attributes of 1,000 elements', `<g${many(100, (i) => ` a${i}=""`)}/>`.repeat(1000)],
    ['100,000 attributes of one element', `<g${many(100_000, (i) => ` a${i}=""`)}/>`],
    ['10,000 namespaces', many(10_000, (i) => `<g xmlns:n${i}="n"/>`)],
  ])('is refused before it is parsed with %s', (_name, body) => {
    const start = performance.now()
    expect(refused(svg(body + credentialElement(text)))).toBe('xml_unsafe')
    expect(performance.now() - start).toBeLessThan(1000)
  })

  it.each([
    ['space', svg(`<g${' '.repeat(2_000_000)}/>`), 'badge_empty'],
    ['comment openings', svg('<!--'.repeat(500_000)), 'svg_malformed'],
    ['character references', svg(`<text>${'&#65;'.repeat(400_000)}</text>`), 'badge_empty'],
    ['a document type', `<!DOCTYPE svg ${' '.repeat(2_000_000)}`, 'xml_unsafe'],
    ['a closing tag', `<svg></svg${' '.repeat(2_000_000)}`, 'svg_malformed'],
    [
      'nested namespaces',
      svg(many(90, (i) => `<g xmlns:a${i}="a">`) + '<a/>'.repeat(19_000) + '</g>'.repeat(90)),
      'badge_empty',
    ],
  ])('takes time in proportion for 2 MB of %s', (_name, image, code) => {
    const start = performance.now()
    expect(refused(image)).toBe(code)
    expect(performance.now() - start).toBeLessThan(3000)
  })

  it('never ends in anything but a text or a refusal', () => {
    const piece = fc.constantFrom(
      ...['<', '>', '/', '<!--', '-->', '<![CDATA[', ']]>', '<?', '?>', '&', '&lt;', '"', "'", '='],
      ...[
        ' xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0"',
        '<svg',
        '</svg>',
        'a',
        ' ',
        ':',
      ],
      ...['<openbadges:credential', '</openbadges:credential>', 'verify', '\0', '\u{1f3c5}', '!'],
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        refused(pieces.join(''))
        refused(svg(pieces.join('')))
      }),
      { numRuns: 2000 },
    )
  })
})

describe('baking into an SVG image', () => {
  it('gives back any JSON, whatever its names and texts hold', () => {
    const original = svg('<script>alert(1)</script>')
    const hostile = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        ']]>',
        '<![CDATA[',
        '</openbadges:credential>',
        '&amp;',
        '\u2028\u0085\ufffe',
        '\ufffd',
      ),
    )
    const json = fc.dictionary(hostile, fc.array(hostile)).map((value) => JSON.stringify(value))
    fc.assert(
      fc.property(json, (baked) => {
        const read = unbakeSvg(bakeSvg(original, baked))
        expect(JSON.parse(read)).toEqual(JSON.parse(baked))
      }),
    )
  })

  it('has the element first, its namespace at the root, and leaves the drawing', () => {
    const baked = bakeSvg(svg('<title>Badge</title>'), text)
    expect(baked).toMatch(
      /^\s*<svg [^>]*xmlns:openbadges="https:\/\/purl\.imsglobal\.org\/ob\/v3p0"[^>]*><openbadges:credential><!\[CDATA\[/,
    )
    expect(baked).toContain('<title>Badge</title>')
    expect(baked).toContain('<circle cx="4" cy="4" r="3" fill="#2d5b4f"/>')
  })

  it('replaces what was baked before, of either version, however often', () => {
    const old = '<ob:assertion xmlns:ob="http://openbadges.org">{}</ob:assertion>'
    const image = svg(old + credentialElement('{"a":1}') + credentialElement('{"b":1}'))
    const baked = bakeSvg(bakeSvg(image, '{"c":1}'), text)
    expect(unbakeSvg(baked)).toBe(text)
    expect(baked.match(/credential>|assertion>/g)).toHaveLength(2)
    expect(baked.match(/xmlns:openbadges/g)).toHaveLength(1)
  })

  it('takes an image whose prefix openbadges means something else', () => {
    const image =
      '<svg xmlns="http://www.w3.org/2000/svg" xmlns:openbadges="http://openbadges.org"><openbadges:note/></svg>'
    const baked = bakeSvg(image, text)
    expect(unbakeSvg(baked)).toBe(text)
    expect(codeOf(() => bakeSvg(baked, text))).toBeUndefined()
  })

  it('refuses what it would not read', () => {
    expect(codeOf(() => bakeSvg('<html/>', text))).toBe('svg_malformed')
    expect(codeOf(() => bakeSvg('<!DOCTYPE svg [<!ENTITY a "b">]><svg/>', text))).toBe('xml_unsafe')
  })
})
