import { existsSync, readdirSync } from 'node:fs'
import process from 'node:process'
import { installPeers } from './peers.mjs'
import { at } from './place.mjs'
import { run, runReading } from './run.mjs'

/** Runs the service; `args` are its own. */
export function start(args) {
  return run('node', ['server/main.ts', ...args])
}

/** Runs a process that works on the chain for others. */
export function worker(args) {
  return run('node', ['server/worker.ts', ...args])
}

/** Runs every test; with `args` only those that Vitest selects by them. */
export async function test(args) {
  if (args.length === 0 && hasFile('.t.sol')) {
    const code = await run('hardhat', ['test', 'solidity'])
    if (code !== 0) return code
  }
  return run('vitest', ['run', ...args])
}

/** Runs the services for a while with everything failing around them; `args` say how long and with which seed. */
export function soak(args) {
  return run('node', ['test/soak/main.ts', ...args])
}

/** Measures the product beside the packages that one would take instead, which the first run installs. */
export async function bench(args) {
  await installPeers()
  return run('node', ['--no-warnings', 'bench/main.ts', ...args])
}

const checks = [
  ['tsc', ['--noEmit', '--project', '.']],
  ['biome', ['check', '--error-on-warnings']],
  ['solhint', ['--disc', '--noPoster', '--max-warnings', '0', '{contracts,test}/**/*.sol']],
  ['prettier', ['--check', '--log-level', 'warn', '{contracts,test}/**/*.sol']],
]

/** Types, lint and format, side by side; a warning counts as an error. Every check is made, so that one run tells all. */
export async function check() {
  const results = await Promise.all(checks.map(([program, args]) => runReading(program, args)))
  for (const [index, { code, output }] of results.entries()) {
    const [program] = checks[index]
    process.stderr.write(output)
    process.stderr.write(`${program}: ${code === 0 ? 'clean' : `failed with exit code ${code}`}\n`)
  }
  return results.every(({ code }) => code === 0) ? 0 : 1
}

function hasFile(ending) {
  return ['contracts', 'test']
    .filter((folder) => existsSync(at(folder)))
    .some((folder) =>
      readdirSync(at(folder), { recursive: true }).some((name) => String(name).endsWith(ending)),
    )
}
