import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { delimiter } from 'node:path'
import process from 'node:process'
import { at, root } from './place.mjs'

const isWindows = process.platform === 'win32'

/** The environment in which the clone's own programs, Node 24 among them, are found first. */
function environment() {
  const name = Object.keys(process.env).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH'
  return {
    ...process.env,
    [name]: at('node_modules', '.bin') + delimiter + process.env[name],
    HARDHAT_DISABLE_TELEMETRY_PROMPT: 'true',
  }
}

/** Runs a program of the clone to its end and returns its exit code; signals reach it. */
export function run(program, args, options = {}) {
  const child = spawn(program, args, {
    cwd: root,
    env: environment(),
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
    child.once('exit', (code, signal) => {
      for (const name of names) process.off(name, passOn)
      process.off('SIGINT', ignore)
      resolve(code ?? 128 + (constants.signals[signal] ?? 0))
    })
  })
}

/** Runs a program whose complaints are shown and also read: exit code and what it wrote to stderr. */
export async function runReadingErrors(program, args) {
  let errors = ''
  const child = spawn(program, args, {
    cwd: root,
    shell: isWindows,
    stdio: ['ignore', 2, 'pipe'],
  })
  child.stderr.setEncoding('utf8').on('data', (text) => {
    errors += text
    process.stderr.write(text)
  })
  return { code: await exitCodeOf(child, program), errors }
}
