import { resolve } from 'node:path'
import type { BatchSummary } from '../core/batch.ts'
import { InvalidInputError } from '../core/error.ts'
import { action } from './action.ts'
import { fillFolder } from './batch-folder.ts'
import { readBatch } from './batch-source.ts'
import { writeCredentials } from './credential-files.ts'
import { findListed, readList } from './listed-credentials.ts'
import { parseIndexes } from './selection.ts'

interface Arguments {
  readonly batch: string
  readonly index: string | undefined
  readonly ids: string | undefined
  readonly out: string
  readonly json: boolean
}

/** Takes credentials out of a batch file, each as its holder gets it: all of them, or those that are named. */
export default action<Arguments>(async ({ batch: source, out, index, ids }, _, output) => {
  if (source === '')
    throw new InvalidInputError('batch_missing', 'name the batch: --batch out/…/batch.ndjson')
  const apiKey = process.env['ROOTMARK_API_KEY']
  const summary = await readBatch(source, apiKey, output)
  const wanted = await readWanted(source, { index, ids }, summary)
  const folder = resolve(out)
  const written = await fillFolder(folder, (partial) =>
    writeCredentials({ source, apiKey, summary }, wanted, partial, output),
  )
  output.say(`${written} of ${summary.size} credentials are in ${folder}.`)
  return { id: summary.id, root: summary.root, written, folder }
})

/** Status indexes; nothing where all are wanted. */
async function readWanted(
  source: string,
  { index, ids }: Pick<Arguments, 'index' | 'ids'>,
  { size }: BatchSummary,
): Promise<ReadonlySet<number> | undefined> {
  if (ids !== undefined)
    return new Set((await findListed(source, await readList(ids))).statusIndexes)
  if (index === undefined) return undefined
  const wanted = new Set(parseIndexes(index))
  for (const each of wanted) {
    if (each < size) continue
    throw new InvalidInputError(
      'status_index_unknown',
      `the batch has no status index ${each}: they go from 0 to ${size - 1}`,
    )
  }
  return wanted
}
