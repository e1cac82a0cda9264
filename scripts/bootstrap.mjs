// npm's start, worker, test, check, soak and bench land here. Runs on Node 20 without any package, so that a fresh clone needs no step before it.
import process from 'node:process'
import { build } from './bootstrap/build.mjs'
import { bench, check, soak, start, test, worker } from './bootstrap/commands.mjs'
import { install } from './bootstrap/install.mjs'
import { withLock } from './bootstrap/lock.mjs'

const commands = { start, worker, test, check, soak, bench }
const [name = '', ...args] = process.argv.slice(2)

async function main() {
  const command = commands[name]
  if (!command) throw new Error(`name one of ${Object.keys(commands).join(', ')}`)
  await withLock(async () => {
    await install()
    await build()
  })
  return command(args)
}

main().then(
  (code) => {
    process.exitCode = code
  },
  (error) => {
    process.stderr.write(`${error.message}\n`)
    process.exitCode = 1
  },
)
