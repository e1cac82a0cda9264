import type { HardhatRuntimeEnvironment } from 'hardhat/types/hre'
import { useSha256 } from '../core/hash.ts'
import { explain } from './failure.ts'
import { type Output, outputFor, printJson } from './output.ts'
import { builtInSha256 } from './sha256.ts'

useSha256(builtInSha256)

export type Hre = HardhatRuntimeEnvironment

/** What a task does with its arguments; returns the document of `--json`. */
export type Run<Arguments> = (args: Arguments, hre: Hre, output: Output) => Promise<unknown>

/** Makes a Hardhat task action of `run`: a failure becomes one sentence and exit code 1. */
export function action<Arguments extends { readonly json: boolean }>(run: Run<Arguments>) {
  return async (args: Arguments, hre: Hre): Promise<void> => {
    try {
      const document = await run(args, hre, outputFor(args.json))
      if (args.json) printJson(document)
    } catch (thrown) {
      reportFailure(thrown, args.json, hre)
      process.exitCode = 1
    }
  }
}

/** Tells a failure as a sentence, or with `--json` as a document with its stable code. */
export function reportFailure(thrown: unknown, isJson: boolean, hre: Hre): void {
  const failure = explain(thrown)
  if (isJson) printJson({ error: failure })
  else {
    const place = failure.pointer ? ` (at ${failure.pointer})` : ''
    console.error(`Error: ${failure.message}${place} [${failure.code}]`)
  }
  const isOurs = failure.code === 'failed'
  if (isOurs && hre.globalOptions.showStackTraces && !isJson) console.error(thrown)
}
