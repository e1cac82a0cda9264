import { afterAll, describe, expect, it } from 'vitest'
import type { Learner } from '../../core/learner.ts'
import { createRosterReader } from '../../core/roster-reader.ts'
import { openMaking, type RosterFormat } from '../../server/making.ts'
import { learnersOf } from '../../server/roster-lines.ts'
import type { LearnerRows } from '../../server/roster-parts.ts'
import { readRoster } from '../../server/roster-reading.ts'

const making = openMaking()
afterAll(() => making.close())

const bytesOf = (lines: readonly string[]) => Buffer.from(`${lines.join('\n')}\n`)
const rows = (count: number, from = 0) =>
  Array.from({ length: count }, (_, i) => `"Zoë, ${i + from}",learner${i + from}@example.org`)

/** Reads as an upload is read, in pieces of some bytes; also what reached the intake. */
async function readAside(format: RosterFormat, bytes: Uint8Array, pieceLength: number) {
  const taken: Learner[] = []
  const intake = {
    takeRows: async ({ rows }: LearnerRows) => {
      taken.push(...learnersOf(Buffer.from(rows).toString('utf8')))
    },
    during: <T>(work: Promise<T>) => work,
  }
  async function* pieces() {
    for (let at = 0; at < bytes.length; at += pieceLength)
      yield bytes.subarray(at, at + pieceLength)
  }
  return { found: await readRoster(making, format, pieces(), intake), taken }
}

function readHere(format: RosterFormat, bytes: Uint8Array) {
  const reader = createRosterReader(format)
  const learners = [...reader.push(bytes), ...reader.end()]
  return { found: reader.found(), learners }
}

describe('a roster that a thread reads', () => {
  it.each([1009, 65_536, 1 << 20])('is read as on one thread, in pieces of %d', async (length) => {
    const bytes = bytesOf(['name,email', ...rows(8000)])
    const { found, taken } = await readAside('csv', bytes, length)
    const expected = readHere('csv', bytes)
    expect(found).toEqual(expected.found)
    expect(taken).toEqual(expected.learners)
    const ndjson = bytesOf(expected.learners.map((learner) => JSON.stringify(learner)))
    expect((await readAside('ndjson', ndjson, length)).taken).toEqual(expected.learners)
  })

  it('has the same problems, whichever thread finds them', async () => {
    const lines = ['name,email,validFrom', ...rows(9000).map((row) => `${row},`)]
    lines[50] = 'Nobody,,'
    lines[6000] = 'Nobody,,2027-01-01T00:00:00Z'
    lines[7000] = 'Again,learner20@example.org,'
    lines[8000] = 'Last,last@example.org,2028-01-01T00:00:00Z'
    const bytes = bytesOf(lines)
    const { found, taken } = await readAside('csv', bytes, 16_384)
    expect(found.problems.map(({ line, code }) => `${line} ${code}`)).toEqual([
      '51 field_missing',
      '6001 field_missing',
      '7001 learner_duplicate',
    ])
    expect(found).toEqual(readHere('csv', bytes).found)
    // From the first problem on, nothing is stored.
    expect(taken.length).toBeLessThan(1000)
  })

  it.each([
    ['utf8_invalid', Buffer.from([0xff, 10])],
    ['line_too_long', Buffer.from('x'.repeat(100_000))],
    ['csv_malformed', Buffer.from('a"b,c\n')],
  ])('is refused with the same words: %s', async (code, end) => {
    const bytes = Buffer.concat([bytesOf(['name,email', ...rows(5000)]), end])
    let words = ''
    try {
      readHere('csv', bytes)
    } catch (thrown) {
      words = (thrown as Error).message
    }
    const aside = readAside('csv', bytes, 16_384).then(({ found }) => found)
    await expect(aside).rejects.toMatchObject({ code, message: words, name: 'InvalidInputError' })
  })
})
