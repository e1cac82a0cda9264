import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { delimiter } from 'node:path'
import process from 'node:process'
import { at, root } from './place.mjs'

const isWindows = process.platform === 'win32'

const bin = at('node_modules', '.bin')
const pathName = Object.keys(process.env).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH'
const folders = (process.env[pathName] ?? '').split(delimiter).filter((folder) => folder !== bin)

/** The environment in which the clone's own programs, Node 24 among them, are found first. */
const inClone = {
  ...process.env,
  [pathName]: [bin, ...folders].join(delimiter),
  HARDHAT_DISABLE_TELEMETRY_PROMPT: 'true',
}

/** The machine's own environment: npm must not run on the Node that it is about to replace. */
export const outsideClone = { ...process.env, [pathName]: folders.join(delimiter) }

/** Runs a program of the clone to its end and returns its exit code; signals reach it. */
export function run(program, args, options = {}) {
  const child = spawn(program, args, {
    cwd: root,
    env: inClone,
    shell: isWindows,
    stdio: 'inherit',
    ...options,
  })
  return exitCodeOf(child, program)
}

function exitCodeOf(child, program) {
  // A terminal sends Ctrl-C to the whole process group: passing it on would make it two.
  const names = process.stdin.isTTY ? ['SIGTERM', 'SIGHUP'] : ['SIGTERM', 'SIGHUP', 'SIGINT']
  const passOn = (signal) => child.kill(signal)
  const ignore = () => {}
  for (const name of names) process.on(name, passOn)
  process.on('SIGINT', ignore)
  return new Promise((resolve, reject) => {
    child.once('error', (error) => {
      reject(new Error(`${program} could not be started: ${error.message}`))
    })
    child.once('close', (code, signal) => {
      for (const name of names) process.off(name, passOn)
      process.off('SIGINT', ignore)
      resolve(code ?? 128 + (constants.signals[signal] ?? 0))
    })
  })
}

/** Runs a program and returns its exit code and all that it wrote; `onText` hears it as it comes. */
export async function runReading(
  program,
  args,
  { env = inClone, cwd = root, onText = () => {} } = {},
) {
  let output = ''
  const child = spawn(program, args, {
    cwd,
    env,
    shell: isWindows,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      output += text
      onText(text)
    })
  }
  return { code: await exitCodeOf(child, program), output }
}
