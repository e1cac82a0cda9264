import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

export const projectRoot = fileURLToPath(new URL('../..', import.meta.url))
const hardhatCli = fileURLToPath(
  new URL('node_modules/hardhat/dist/src/cli.js', `file://${projectRoot}`),
)

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

/** Runs a command with `--json`; throws where its output is anything but one JSON document. */
export async function hardhatJson(
  args: readonly string[],
  surroundings: Surroundings = {},
): Promise<{ readonly code: number; readonly json: Document }> {
  const { code, stdout, stderr } = await hardhat([...args, '--json'], surroundings)
  try {
    return { code, json: JSON.parse(stdout) }
  } catch {
    throw new Error(`${args.join(' ')} wrote no JSON document: ${stdout}${stderr}`)
  }
}
