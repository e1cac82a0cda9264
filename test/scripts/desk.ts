import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Anvil, accounts, startAnvil } from './anvil.ts'
import {
  type CommandHost,
  type Document,
  type Finished,
  hardhat,
  jsonOf,
  type Surroundings,
  startCommandHost,
} from './command.ts'

/** An issuer's desk: a folder, a chain with both contracts, and the commands run against it. */
export interface Desk {
  readonly folder: string
  readonly anvil: Anvil
  readonly run: (args: readonly string[], surroundings?: Surroundings) => Promise<Finished>
  readonly runJson: (
    args: readonly string[],
    surroundings?: Surroundings,
  ) => Promise<{ readonly code: number; readonly json: Document }>
  /** Writes a file into the folder and returns its path. */
  readonly write: (name: string, content: string | Uint8Array) => Promise<string>
  /** Issues a batch to learners of these names. */
  readonly issue: (names: readonly string[]) => Promise<IssuedBatch>
  readonly close: () => Promise<void>
}

export interface IssuedBatch {
  readonly id: string
  readonly root: string
  readonly batch: string
  /** Credential files, in no particular order. */
  readonly credentials: readonly string[]
}

/** Opens a desk on a chain of its own, with both contracts deployed and the issuer accredited. */
export async function openDesk(): Promise<Desk> {
  const folder = await mkdtemp(join(tmpdir(), 'rootmark-desk-'))
  const anvil = await startAnvil()
  const env = { LOCALHOST_RPC_URL: anvil.url, CHAIN_RPC_URL: anvil.url }
  const hosts = new Map<string, CommandHost>([['{}', startCommandHost(env)]])
  const seen = new Set<string>()
  /** A process of its own for the first command in another environment, and for what reads its input. */
  const run = (args: readonly string[], { env: more = {}, input }: Surroundings = {}) => {
    const surrounding = JSON.stringify(more)
    const host = hosts.get(surrounding)
    if (input === undefined && host) return host.run(args)
    if (input !== undefined || !seen.has(surrounding)) {
      seen.add(surrounding)
      return hardhat(args, { env: { ...env, ...more }, ...(input !== undefined && { input }) })
    }
    const started = startCommandHost({ ...env, ...more })
    hosts.set(surrounding, started)
    return started.run(args)
  }
  const desk: Desk = {
    folder,
    anvil,
    run,
    runJson: async (args, surroundings) =>
      jsonOf(args, await run([...args, '--json'], surroundings)),
    write: async (name, content) => {
      const path = join(folder, name)
      await writeFile(path, content)
      return path
    },
    issue: (names) => issue(desk, names),
    close: async () => {
      for (const host of hosts.values()) host.close()
      await anvil.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
  await must(desk.run(['deploy', '--network', 'localhost', '--out', folder]))
  return desk
}

/** Accredits the desk's issuer by the accreditor that trust.json names. */
export async function accredit(desk: Desk): Promise<void> {
  const { issuer, accreditor } = accounts
  const terms = ['--name', 'Northfield University', '--valid-from', '2026-01-01T00:00:00Z']
  await must(
    desk.run([
      'accredit',
      issuer,
      ...terms,
      '--account',
      accreditor,
      '--network',
      'localhost',
      '--yes',
    ]),
  )
}

/** The command must succeed, because what comes after it stands on it. */
export async function must(running: Promise<Finished>): Promise<Finished> {
  const finished = await running
  if (finished.code !== 0) throw new Error(finished.stdout + finished.stderr)
  return finished
}

async function issue(desk: Desk, names: readonly string[]): Promise<IssuedBatch> {
  const rows = names.map((name, i) => `${name},learner${i}@example.org,A`)
  const roster = await desk.write('roster.csv', `name,email,result\n${rows.join('\n')}\n`)
  const out = join(desk.folder, 'out')
  const { json } = await desk.runJson([
    'issue',
    '--roster',
    roster,
    '--network',
    'localhost',
    '--out',
    out,
  ])
  const files = await readdir(json.credentials)
  return { ...json, credentials: files.map((file) => join(json.credentials, file)) }
}

/** A copy of a file with one text replaced. */
export async function altered(desk: Desk, file: string, from: string, to: string): Promise<string> {
  const text = await readFile(file, 'utf8')
  if (!text.includes(from)) throw new Error(`${file} does not hold ${from}`)
  return desk.write(`altered-${from.length}.json`, text.replace(from, to))
}
