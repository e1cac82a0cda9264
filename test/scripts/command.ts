import { fork, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

export const projectRoot = fileURLToPath(new URL('../..', import.meta.url))
const hardhatCli = fileURLToPath(
  new URL('node_modules/hardhat/dist/src/cli.js', `file://${projectRoot}`),
)
const commandHost = fileURLToPath(new URL('command-host.ts', import.meta.url))

// biome-ignore lint/suspicious/noExplicitAny: tests look into documents of many shapes, and fail where a member is missing.
export type Document = any

/** What a finished command left. */
export interface Finished {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

export interface Surroundings {
  readonly env?: Readonly<Record<string, string>>
  readonly input?: string
}

/** Runs a program to its end. */
export function run(
  program: string,
  args: readonly string[],
  { env = {}, input = '', cwd = projectRoot }: Surroundings & { readonly cwd?: string } = {},
): Promise<Finished> {
  const child = spawn(program, args, { cwd, env: { ...process.env, ...env } })
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text) => {
    stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text) => {
    stderr += text
  })
  child.stdin.on('error', () => {}) // A command that refuses early does not read its input.
  child.stdin.end(input)
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve({ code: code ?? -1, stdout, stderr }))
  })
}

/** Runs `npx hardhat …` as a person would, without the start-up of npx. */
export function hardhat(
  args: readonly string[],
  surroundings: Surroundings = {},
): Promise<Finished> {
  return run(process.execPath, [hardhatCli, ...args], surroundings)
}

/** A process that runs commands one after the other, each as if alone: it saves the start-up of all but the first. */
export interface CommandHost {
  readonly run: (args: readonly string[]) => Promise<Finished>
  readonly close: () => void
}

export function startCommandHost(env: Readonly<Record<string, string>>): CommandHost {
  const child = fork(commandHost, { cwd: projectRoot, env: { ...process.env, ...env } })
  const waiting: PromiseWithResolvers<Finished>[] = []
  child.on('message', (finished) => waiting.shift()?.resolve(finished as Finished))
  child.once('exit', (code) => {
    const ended = new Error(`the process that runs commands ended with code ${code}`)
    for (const { reject } of waiting) reject(ended)
  })
  return {
    run(args) {
      const promised = Promise.withResolvers<Finished>()
      waiting.push(promised)
      child.send(args)
      return promised.promise
    },
    close: () => child.disconnect(),
  }
}

/** Runs a command with `--json`; throws where its output is anything but one JSON document. */
export async function hardhatJson(
  args: readonly string[],
  surroundings: Surroundings = {},
): Promise<{ readonly code: number; readonly json: Document }> {
  return jsonOf(args, await hardhat([...args, '--json'], surroundings))
}

export function jsonOf(
  args: readonly string[],
  { code, stdout, stderr }: Finished,
): { readonly code: number; readonly json: Document } {
  try {
    return { code, json: JSON.parse(stdout) }
  } catch {
    throw new Error(`${args.join(' ')} wrote no JSON document: ${stdout}${stderr}`)
  }
}
