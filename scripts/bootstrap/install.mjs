import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import process from 'node:process'
import { at } from './place.mjs'
import { outsideClone, runReading } from './run.mjs'

const oldestNode = 24
const stamp = at('node_modules', '.rootmark-installed')
const unreachable = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH/

/** Installs the packages of package-lock.json unless they are there; an install that was interrupted is done again. */
export async function install() {
  const wanted = fingerprint()
  if (read(stamp) === wanted && hasNode()) return
  if (!matchesLock() || !hasNode()) await installPackages()
  await refuseOldNode()
  writeFileSync(stamp, wanted)
}

/** Changes with the lock file and with the machine: native packages differ. */
function fingerprint() {
  const hash = createHash('sha256')
    .update(readFileSync(at('package-lock.json')))
    .digest('hex')
  return `${hash} ${process.platform} ${process.arch}\n`
}

async function installPackages() {
  process.stderr.write('Installing packages: once, for about a minute …\n')
  // Under an older Node npm silently leaves out native packages that ask for a newer one.
  const isNewEnough =
    Number(process.versions.node.split('.')[0]) >= oldestNode &&
    !process.execPath.startsWith(at('node_modules'))
  const [program, args] = isNewEnough
    ? ['npm', ['ci']]
    : ['npx', ['--yes', `--package=node@${oldestNode}`, '-c', 'npm ci']]
  const onText = (text) => process.stderr.write(text)
  const { code, output } = await runReading(program, args, { env: outsideClone, onText })
  if (code === 0) return
  throw new Error(
    unreachable.test(output)
      ? 'The npm registry cannot be reached. Check the network (npm config get registry, proxy) and run the command again.'
      : `npm could not install the packages (exit code ${code}): what it wrote above says why. Then run the command again.`,
  )
}

/** Whether npm finished installing exactly what the lock file names, as after a plain `npm ci`. */
function matchesLock() {
  const installed = packagesOf(at('node_modules', '.package-lock.json'))
  const locked = packagesOf(at('package-lock.json'))
  if (!installed || !locked) return false
  const isSame = (path) =>
    installed[path]?.version === locked[path]?.version &&
    installed[path]?.integrity === locked[path]?.integrity
  return (
    Object.keys(installed).every(isSame) &&
    Object.keys(locked).every((path) => path === '' || locked[path].optional || isSame(path))
  )
}

function packagesOf(file) {
  const text = read(file)
  return text && JSON.parse(text).packages
}

function hasNode() {
  return existsSync(at('node_modules', '.bin', process.platform === 'win32' ? 'node.cmd' : 'node'))
}

async function refuseOldNode() {
  const { output } = await runReading('node', ['--version'])
  if (Number(/^v(\d+)/.exec(output)?.[1]) >= oldestNode) return
  throw new Error(
    `The packages are there, but Node ${oldestNode} is not. Install scripts may be switched off: run npm config set ignore-scripts false, delete node_modules, and run the command again.`,
  )
}

function read(file) {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}
