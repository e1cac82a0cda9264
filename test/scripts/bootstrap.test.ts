import { spawn } from 'node:child_process'
import {
  chmod,
  cp,
  mkdir,
  mkdtemp,
  readFile,
  rm,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { projectRoot, run } from './command.ts'

/** A clone of the bootstrap alone, with an `npm` and a `npx` that the test writes. */
let clone: string
let tools: string

beforeEach(async () => {
  clone = await mkdtemp(join(tmpdir(), 'rootmark-clone-'))
  tools = join(clone, 'tools')
  await mkdir(tools)
  await mkdir(join(clone, 'server'))
  for (const part of ['bootstrap', 'bootstrap.mjs']) {
    await cp(join(projectRoot, 'scripts', part), join(clone, 'scripts', part), { recursive: true })
  }
  await writeFile(join(clone, 'package.json'), '{"type":"module"}')
  await writeFile(join(clone, 'package-lock.json'), lock('1.0.0'))
  await writeFile(
    join(clone, 'server', 'main.ts'),
    `if (process.argv[2] === 'wait') { process.on('SIGTERM', () => process.exit(7)); setInterval(() => {}, 1000); console.log('waiting') }
     else { console.log(JSON.stringify(process.argv.slice(2))); process.exitCode = 5 }`,
  )
})
afterEach(() => rm(clone, { recursive: true, force: true }))

const lock = (version: string) =>
  JSON.stringify({
    packages: {
      '': { name: 'rootmark' },
      'node_modules/a': { version, integrity: 'sha512-a' },
      'node_modules/b': { version: '1.0.0', optional: true },
    },
  })

const bootstrap = join('scripts', 'bootstrap.mjs')

function start(...args: readonly string[]) {
  const env = { PATH: `${tools}${delimiter}${process.env['PATH']}` }
  return run(process.execPath, [bootstrap, 'start', ...args], { cwd: clone, env })
}

/** What `npm ci` leaves, optional packages of other platforms left out. */
async function installed(version: string) {
  const bin = join(clone, 'node_modules', '.bin')
  await mkdir(bin, { recursive: true })
  await symlink(process.execPath, join(bin, 'node'))
  const packages = { 'node_modules/a': { version, integrity: 'sha512-a' } }
  await writeFile(join(clone, 'node_modules', '.package-lock.json'), JSON.stringify({ packages }))
}

/** An npm and an npx that note each call and then do as told. */
async function npmThat(does: string) {
  for (const name of ['npm', 'npx']) {
    const file = join(tools, name)
    await writeFile(file, `#!/bin/sh\necho call >> "${clone}/calls"\n${does}\n`)
    await chmod(file, 0o755)
  }
}

const calls = async () =>
  (await readFile(join(clone, 'calls'), 'utf8').catch(() => '')).split('\n').length - 1

describe('bootstrap', () => {
  it('installs nothing after a plain npm ci, and passes arguments and exit code on', async () => {
    await installed('1.0.0')
    await npmThat('exit 1')
    const { code, stdout } = await start('--port', '4000')
    expect([code, JSON.parse(stdout)]).toEqual([5, ['--port', '4000']])
    expect(await calls()).toBe(0)
  })

  it('installs once what is missing or another version, and no more the second time', async () => {
    await installed('0.9.0')
    await npmThat(`cp package-lock.json node_modules/.package-lock.json`)
    expect((await start()).code).toBe(5)
    expect((await start()).code).toBe(5)
    expect(await calls()).toBe(1)
    await writeFile(join(clone, 'package-lock.json'), lock('1.0.1'))
    expect((await start()).code).toBe(5)
    expect(await calls()).toBe(2)
  })

  it('says that the registry cannot be reached, and tries again the next time', async () => {
    await npmThat('echo "npm error code ENOTFOUND" >&2; exit 1')
    const first = await start()
    expect(first.code).toBe(1)
    expect(first.stderr).toContain('The npm registry cannot be reached.')
    await npmThat('echo "npm error broken" >&2; exit 3')
    expect((await start()).stderr).toContain('exit code 3')
    expect(await calls()).toBe(2)
  })

  it('waits for another process, and takes over what a dead one left locked', async () => {
    await installed('1.0.0')
    const file = join(clone, 'cache', 'bootstrap.lock')
    await mkdir(join(clone, 'cache'))
    await writeFile(file, 'another-machine 1')
    const waiting = start()
    await new Promise((resolve) => setTimeout(resolve, 700))
    const long = new Date(Date.now() - 120_000)
    await utimes(file, long, long)
    const { code, stderr } = await waiting
    expect(code).toBe(5)
    expect(stderr).toContain('Waiting for another process')
  })

  it('lets two starts at once install once', async () => {
    await npmThat(
      `sleep 0.3; mkdir -p node_modules/.bin; cp package-lock.json node_modules/.package-lock.json; ln -sf "${process.execPath}" node_modules/.bin/node`,
    )
    const both = await Promise.all([start('a'), start('b')])
    expect(both.map(({ code }) => code)).toEqual([5, 5])
    expect(await calls()).toBe(1)
  })

  it('passes SIGTERM on and exits as the service does', async () => {
    await installed('1.0.0')
    const child = spawn(process.execPath, [bootstrap, 'start', 'wait'], { cwd: clone })
    await new Promise((resolve) => child.stdout.once('data', resolve))
    child.kill('SIGTERM')
    expect(await new Promise((resolve) => child.once('exit', resolve))).toBe(7)
  })

  it('names its commands', async () => {
    const { code, stderr } = await run(process.execPath, [bootstrap, 'stop'], { cwd: clone })
    expect([code, stderr]).toEqual([1, 'name one of start, worker, test, check, soak, bench\n'])
  })
})
