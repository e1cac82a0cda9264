import type { Document } from '../scripts/command.ts'
import { filesIn, readText, sharedVectors } from '../shared-vectors.ts'

/** A question to geth and its answer, as Ethereum's execution API tests record them. */
export interface Exchange {
  readonly file: string
  readonly params: Document
  readonly result: Document
}

/** The recorded exchanges of a method; none, with a notice that can be seen, where they are absent. */
export function exchangesOf(method: string): readonly Exchange[] {
  const folder = sharedVectors(`mpt/execution-apis/${method}`)
  return filesIn(folder).map((file) => {
    const lines = readText(folder as URL, file).split('\n')
    const parse = (mark: string) =>
      JSON.parse(lines.find((line) => line.startsWith(mark))?.slice(mark.length) ?? 'null')
    return { file, params: parse('>> ').params, result: parse('<< ').result }
  })
}
