import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const server = fileURLToPath(new URL('../../server', import.meta.url))
const calls = /\bkillPoint\(\s*(['"`])([^'"`]+)\1\s*,?\s*\)/g
/** What stands for a variable part: every template names how final an anchor is. */
const finalities = ['included', 'safe', 'finalized'] as const

/** Every place in the service where the plug can be pulled, as the source names them: a new one takes part by itself. */
export function listKillPoints(directory = server): readonly string[] {
  const names = new Set<string>()
  for (const file of readdirSync(directory, { recursive: true, encoding: 'utf8' }).sort()) {
    if (!file.endsWith('.ts')) continue
    for (const [, , name = ''] of readFileSync(join(directory, file), 'utf8').matchAll(calls)) {
      for (const variant of variantsOf(name)) names.add(variant)
    }
  }
  return [...names].sort()
}

function variantsOf(name: string): readonly string[] {
  const variable = /\$\{[^}]*\}/
  return variable.test(name)
    ? finalities.map((finality) => name.replace(variable, finality))
    : [name]
}
