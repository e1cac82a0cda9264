import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { InvalidInputError } from '../../core/error.ts'
import type { Output } from '../output.ts'
import { type RebuiltBatch, rebuildBatch } from './rebuild.ts'

/** A batch file, rebuilt, or why that failed. */
export type BatchAtHand =
  | { readonly file: string; readonly batch: RebuiltBatch }
  | { readonly file: string; readonly problem: InvalidInputError }

/** Rebuilds the batch files at the paths, separated by commas; a folder stands for all `.ndjson` files below it. */
export async function rebuildAll(
  paths: string | undefined,
  output: Output,
): Promise<readonly BatchAtHand[] | undefined> {
  if (paths === undefined) return undefined
  const named = paths.split(',').map((path) => filesAt(path.trim(), '.ndjson'))
  const files = (await Promise.all(named)).flat()
  const batches: BatchAtHand[] = []
  const progress = output.progress('Batches', files.length)
  for (const file of files) {
    batches.push(await rebuild(file))
    progress.step()
  }
  progress.stop()
  return batches
}

/** The file at a path, or all files below a folder whose names end in this way. */
export async function filesAt(path: string, ending: string): Promise<readonly string[]> {
  if (!(await stat(path)).isDirectory()) return [path]
  const names = await readdir(path, { recursive: true })
  return names
    .filter((name) => name.endsWith(ending))
    .sort()
    .map((name) => join(path, name))
}

async function rebuild(file: string): Promise<BatchAtHand> {
  try {
    return { file, batch: rebuildBatch(await readFile(file, 'utf8')) }
  } catch (thrown) {
    if (thrown instanceof InvalidInputError) return { file, problem: thrown }
    throw thrown
  }
}
