import { createRosterCutter, type RosterPiece } from '../core/roster-cutter.ts'
import { readPiece } from '../core/roster-piece.ts'
import { gatherFindings, type RosterFindings, refuseEmpty } from '../core/roster-reader.ts'
import type { Header } from '../core/roster-rows.ts'
import type { Making, ReadPart, RosterFormat } from './making.ts'
import { rowsOf } from './roster-lines.ts'
import type { RosterIntake } from './roster-parts.ts'

/** So much of a roster is read at once; small ones need no thread, and wait for none that is busy. */
const atHandBytes = 131_072
/** Pieces on their way to the thread and back. */
const mostUnderWay = 4

/**
 * Reads a roster of untrusted bytes as `createRosterReader` does, and gives its learners to `intake`, unless there are problems.
 *
 * All but its start is read by the thread. Throws where the roster as a whole cannot be read.
 */
export async function readRoster(
  making: Pick<Making, 'read'>,
  format: RosterFormat,
  pieces: AsyncIterable<Uint8Array>,
  intake: Pick<RosterIntake, 'takeRows' | 'during'>,
): Promise<RosterFindings> {
  const cutter = createRosterCutter(format)
  const gathering = gatherFindings()
  const underWay: Promise<ReadPart>[] = []
  let header: Header | undefined
  let length = 0

  const add = async (part: ReadPart) => {
    header ??= part.header
    gathering.add(part, part.count)
    // A roster with a problem is read on for the others, and not kept.
    if (gathering.found().problems.length === 0) await intake.takeRows(part)
  }
  const settle = async (most: number) => {
    while (underWay.length > most) {
      await add(await intake.during(underWay.shift() as Promise<ReadPart>))
    }
  }
  const read = async (piece: RosterPiece | undefined) => {
    if (!piece || gathering.isFull(piece.before + 1)) return
    length += piece.bytes.length
    const isHeadless = format === 'csv' && header === undefined
    if (isHeadless || length <= atHandBytes) {
      await add(readHere(format, piece, header))
      return
    }
    const part = making.read(format, piece, header)
    // Whoever is told of one that failed does not wait for the others.
    part.catch(() => undefined)
    underWay.push(part)
    await settle(mostUnderWay)
  }
  try {
    for await (const bytes of pieces) await read(cutter.push(bytes))
    await read(cutter.end())
    await settle(0)
  } finally {
    gathering.end()
  }
  const found = gathering.found()
  refuseEmpty(format, found, header)
  return found
}

function readHere(format: RosterFormat, piece: RosterPiece, header: Header | undefined): ReadPart {
  const { learners, ...read } = readPiece(format, piece, header)
  return { ...read, count: learners.length, rows: rowsOf(learners) }
}
