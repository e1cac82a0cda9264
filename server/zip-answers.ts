import type { IncomingHttpHeaders } from 'node:http'
import { badgeBytes, carrierOf } from '../core/baked.ts'
import type { CredentialLine } from '../core/credential-lines.ts'
import { InvalidInputError } from '../core/error.ts'
import { credentialLimits } from '../core/i-json.ts'
import { createZipReader, type ZippedFile } from '../core/zip/reader.ts'
import { type BulkTerms, bulkAnswers } from './bulk-answers.ts'

/** What an archive is sent as. */
export const zipTypes = ['application/zip', 'application/x-zip-compressed']

export function isArchive(headers: IncomingHttpHeaders): boolean {
  const [type = ''] = (headers['content-type'] ?? '').toLowerCase().split(';')
  return zipTypes.includes(type.trim())
}

/** Bytes of files that wait for their answers; one file may have more. */
const mostWaiting = 4 * 1_048_576
/** Little enough of an archive that others have their turn before the next. */
const slice = 16_384

/**
 * The answers to the files of a ZIP archive, one a line and in their order, as it comes: what a list of as many lines gets, each with
 * its `file`. The bytes are untrusted. What is wrong with the archive as a whole is said in a line without `file`, and ends the run.
 */
export function zipAnswers(pieces: AsyncIterable<Uint8Array>, terms: BulkTerms) {
  const { answer, lineLimit, itemLimit } = terms
  const imageLimit = lineLimit * (badgeBytes / credentialLimits.bytes)
  const limits = {
    fileBytes: imageLimit,
    allBytes: itemLimit * lineLimit,
    // Folders and the like are files as well.
    files: 2 * itemLimit + 1000,
  }
  const waiting = new Map<number, ZippedFile>()
  let bytes = 0
  let wake = () => {}
  const settle = (line: number): ZippedFile => {
    const file = waiting.get(line) as ZippedFile
    waiting.delete(line)
    return file
  }

  /** A line for each file: what bounds and orders lines does so with files. */
  async function* placeholders(): AsyncGenerator<Uint8Array> {
    const reader = createZipReader(limits)
    const mark = new TextEncoder().encode('-\n')
    let line = 0
    const queue = async function* (files: readonly ZippedFile[]) {
      for (const file of files) {
        line += 1
        waiting.set(line, file)
        bytes += sizeOf(file)
        yield mark
        while (bytes > mostWaiting) {
          const { promise, resolve } = Promise.withResolvers<void>()
          wake = resolve
          await promise
        }
      }
    }
    for await (const piece of pieces) {
      for (let at = 0; at < piece.length; at += slice) {
        yield* queue(reader.push(piece.subarray(at, at + slice)))
      }
    }
    yield* queue(reader.end())
  }

  return bulkAnswers(placeholders(), {
    ...terms,
    answer: async (lines) => {
      const files = lines.map(({ line }) => settle(line))
      const contents = lines.map(({ line }, i): CredentialLine => {
        const { content } = files[i] as ZippedFile
        return { line, content: withinLimit(content, lineLimit) }
      })
      try {
        const answers = await answer(contents)
        return { ...answers, text: named(answers.text, files) }
      } finally {
        bytes -= files.reduce((sum, file) => sum + sizeOf(file), 0)
        wake()
      }
    },
  })
}

/** Pictures may be larger than the credential in them. */
function withinLimit(content: ZippedFile['content'], limit: number): ZippedFile['content'] {
  if (!(content instanceof Uint8Array) || content.length <= limit) return content
  if (carrierOf(content) !== 'text') return content
  const message = `${content.length} bytes; at most ${limit} are read of a credential`
  return new InvalidInputError('too_large', message)
}

function sizeOf({ content }: ZippedFile): number {
  return content instanceof Uint8Array ? content.length : 0
}

/** Each answer with the name of its file behind its number. */
function named(text: string, files: readonly ZippedFile[]): string {
  const lines = text.split('\n')
  return files
    .map(({ name }, i) => {
      const line = lines[i] as string
      const file = name === undefined ? '' : `"file":${JSON.stringify(name)},`
      return `${line.replace(',', () => `,${file}`)}\n`
    })
    .join('')
}
