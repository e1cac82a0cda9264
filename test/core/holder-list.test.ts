import { describe, expect, it } from 'vitest'
import { utf8 } from '../../core/bytes.ts'
import { type HolderListFormat, mostHolders, readHolderList } from '../../core/holder-list.ts'

const read = (text: string, format: HolderListFormat) => readHolderList(utf8(text), format)
const id = '3d9f8a52-6c1e-4b0f-9a77-2f0c5e8d1b64'

describe('a list of credentials', () => {
  it('as text says by its form what each line is', () => {
    const lines = [`urn:uuid:${id.toUpperCase()}`, '', '17', 'did:key:z6Mk', ' Zoe@Example.org ']
    expect(read(`\ufeff${lines.join('\r\n')}\rMüller, Anna`, 'text')).toEqual({
      names: [
        { id },
        { statusIndex: 17 },
        { did: 'did:key:z6Mk' },
        { email: 'zoe@example.org' },
        { name: 'Müller, Anna' },
      ],
      lines: [1, 3, 4, 5, 6],
      problems: [],
    })
  })

  it('as CSV may be a part of the roster, and names by what is surest', () => {
    const text = `result,name,email,id\n1,"Müller, ""Anna""",a@b.c,\n2,Max,,${id}\n\n,,,\n3,Eve,,`
    expect(read(text, 'csv')).toEqual({
      names: [{ email: 'a@b.c' }, { id }, { name: 'Eve' }],
      lines: [2, 3, 6],
      problems: [],
    })
  })

  it('as NDJSON, with every bad line told in its place', () => {
    const text = [
      '{"statusIndex":3}',
      '{"statusIndex":-3}',
      '{"id":3}',
      '[]',
      '{"x":1}',
      '{"name":7}',
      '{',
    ]
    const { names, problems } = read(text.join('\n'), 'ndjson')
    expect(names).toEqual([{ statusIndex: 3 }])
    expect(problems.map(({ line, field, code }) => `${line} ${field} ${code}`)).toEqual([
      '2 statusIndex credential_name_malformed',
      '3 id credential_name_malformed',
      '4  line_malformed',
      '5  credential_unnamed',
      '6 name field_malformed',
      '7  line_malformed',
    ])
  })

  it.each([
    ['', 'text', 'credentials_missing'],
    ['name,grade', 'csv', 'credentials_missing'],
    ['grade\n1', 'csv', 'column_missing'],
    ['name\n"x', 'csv', 'csv_malformed'],
    [`${'1\n'.repeat(mostHolders + 1)}`, 'text', 'too_large'],
    [' '.repeat(16 * 2 ** 20 + 1), 'text', 'too_large'],
  ] as const)('is refused as a whole: %#', (text, format, code) => {
    expect(() => read(text, format)).toThrow(expect.objectContaining({ code }))
  })

  it('that is not UTF-8, or of bad lines alone, ends soon', () => {
    const bad = () => readHolderList(Uint8Array.of(0xff), 'text')
    expect(bad).toThrow(expect.objectContaining({ code: 'utf8_invalid' }))
    const { problems } = read('{\n'.repeat(5000), 'ndjson')
    expect(problems).toHaveLength(200)
    const [long] = read(`x${'\u0301'.repeat(5000)}`, 'text').problems
    expect(long).toMatchObject({ line: 1, code: 'line_too_long' })
  })
})
