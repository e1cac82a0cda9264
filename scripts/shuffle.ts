import { randomBytes } from 'node:crypto'
import { type FileHandle, open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { invariant } from '../core/error.ts'
import type { Learner } from '../core/learner.ts'
import { permutation } from '../core/permutation.ts'

/**
 * Brings learners into a random order, every one equally likely, without holding them all: each goes to one of 256 piles drawn by lot, then
 * each pile is shuffled (Rao and Sandelius).
 */
export interface Shuffle {
  /** Takes learners in the order of the roster. What it returns means: wait before you give more. */
  readonly take: (learners: readonly Learner[]) => Promise<void>
  /** All of them in their random order, a pile at a time. */
  readonly piles: () => AsyncGenerator<readonly Learner[]>
  readonly close: () => Promise<void>
}

interface Extent {
  readonly at: number
  readonly length: number
}

const pileCount = 256
/** Characters that wait to be written, over all piles: a roster of some ten thousand never reaches the disk. */
const mostWaiting = 8 << 20

/** Opens a shuffle that keeps what is too much for memory in a nameless file on the disk of `folder`, gone with the process at the latest. */
export function openShuffle(folder: string): Shuffle {
  const waiting: string[] = Array.from({ length: pileCount }, () => '')
  const stored: Extent[][] = Array.from({ length: pileCount }, () => [])
  let waitingLength = 0
  let end = 0
  let file: FileHandle | undefined
  let lots = randomBytes(0)
  let lot = 0

  const draw = (): number => {
    if (lot === lots.length) {
      lots = randomBytes(4096)
      lot = 0
    }
    return lots[lot++] as number // 256 piles: every byte is a lot.
  }
  const flush = async () => {
    file ??= await openNameless(join(folder, 'learners.tmp'))
    const parts = waiting.map((text) => Buffer.from(text, 'utf8'))
    await file.appendFile(Buffer.concat(parts))
    for (const [pile, { length }] of parts.entries()) {
      if (length > 0) stored[pile]?.push({ at: end, length })
      end += length
      waiting[pile] = ''
    }
    waitingLength = 0
  }
  const readPile = async (pile: number): Promise<readonly Learner[]> => {
    const texts: string[] = []
    for (const { at, length } of stored[pile] ?? []) {
      const bytes = Buffer.alloc(length)
      const read = await file?.read(bytes, 0, length, at)
      invariant(read?.bytesRead === length, 'what was written can be read')
      texts.push(bytes.toString('utf8'))
    }
    const lines = `${texts.join('')}${waiting[pile]}`.split('\n')
    lines.pop()
    return lines.map((line) => JSON.parse(line) as Learner)
  }
  return {
    async take(learners) {
      for (const learner of learners) {
        const line = `${JSON.stringify(learner)}\n`
        waiting[draw()] += line
        waitingLength += line.length
      }
      if (waitingLength > mostWaiting) await flush()
    },
    async *piles() {
      for (let pile = 0; pile < pileCount; pile++) {
        const learners = await readPile(pile)
        const order = permutation(learners.length, randomBytes)
        yield Array.from(order, (place) => learners[place] as Learner)
      }
    },
    close: async () => file?.close(),
  }
}

/** Learners must not lie about after a crash, so the file loses its name at once. */
async function openNameless(path: string): Promise<FileHandle> {
  const file = await open(path, 'wx+', 0o600)
  await rm(path)
  return file
}
