import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { at, root } from './place.mjs'
import { runReading } from './run.mjs'

/** What is built, from what, and where it is afterwards. */
const steps = [
  {
    name: 'contracts',
    sources: ['contracts', 'test/contracts/mocks', 'hardhat.config.ts', 'package-lock.json'],
    output: 'artifacts/contracts',
    needs: 'hardhat.config.ts',
    command: ['hardhat', ['build', '--quiet']],
  },
  {
    name: 'web',
    sources: ['web', 'core', 'package-lock.json'],
    output: 'web/dist',
    needs: 'web/vite.config.ts',
    command: ['vite', ['build', '--config', 'web/vite.config.ts', '--logLevel', 'warn', 'web']],
  },
]

/** Builds what is not up to date. */
export async function build() {
  for (const step of steps) {
    if (!existsSync(at(step.needs))) continue
    const stamp = at('cache', `${step.name}.built`)
    const wanted = hashOf(step.sources, step.output)
    if (existsSync(at(step.output)) && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted)
      continue
    process.stderr.write(`Building ${step.name} …\n`)
    const { code, output } = await runReading(...step.command)
    if (code !== 0) throw new Error(`${output.trim()}\nBuilding ${step.name} failed.`)
    mkdirSync(at('cache'), { recursive: true })
    writeFileSync(stamp, wanted)
  }
}

/** SHA-256 over names and contents of the sources, without what is built among them. */
function hashOf(sources, output) {
  const hash = createHash('sha256')
  const visit = (path) => {
    if (path === output || path.endsWith('node_modules') || !existsSync(at(path))) return
    if (statSync(at(path)).isDirectory()) {
      for (const name of readdirSync(at(path)).sort()) visit(join(path, name))
    } else {
      hash
        .update(`${path}\0`)
        .update(readFileSync(join(root, path)))
        .update('\0')
    }
  }
  for (const source of sources) visit(source)
  return hash.digest('hex')
}
