import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import process from 'node:process'
import { at } from './place.mjs'
import { runReading } from './run.mjs'

const folder = at('bench', 'peers')
const stamp = at('bench', 'peers', 'node_modules', '.rootmark-installed')

/**
 * Installs what the benchmark measures the product against, unless it is there. Nothing else needs these packages, and none of their install scripts
 * is run. Without them the benchmark goes on and says what it could not measure.
 */
export async function installPeers() {
  const wanted = readFileSync(at('bench', 'peers', 'package-lock.json'), 'utf8')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  process.stderr.write(
    'Installing the packages to measure against into bench/peers: once, half a gigabyte …\n',
  )
  const { code, output } = await runReading('npm', ['ci', '--ignore-scripts'], { cwd: folder })
  if (code === 0) {
    writeFileSync(stamp, wanted)
    return
  }
  process.stderr.write(
    `${output.trim()}\nThey could not be installed (exit code ${code}): their rows will say "not measured". Run the command again when the npm registry can be reached.\n`,
  )
}
