import { parseArgs } from 'node:util'

export interface Options {
  readonly quick: boolean
  /** Names of the parts to measure; empty for all. */
  readonly only: readonly string[]
  /** Where the results go. */
  readonly out: string
}

/** Reads the arguments of the command. Throws a sentence for others. */
export function parseOptions(args: readonly string[], parts: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: 'boolean', default: false },
      only: { type: 'string', multiple: true, default: [] },
      out: { type: 'string', default: 'bench' },
    },
  })
  const only = values.only.flatMap((one) => one.split(','))
  const unknown = only.find((one) => !parts.includes(one))
  if (unknown !== undefined) {
    throw new Error(`there is no part ${unknown}; name one or several of ${parts.join(', ')}`)
  }
  return { quick: values.quick, only, out: values.out }
}
