import { spawn } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mountSmallDisk, type SmallDisk } from './small-disk.ts'

/** Works with the embedded database in a process of its own; says how far it came. */
const program = `
  import { sql } from 'kysely'
  import { openEmbeddedDatabase } from './server/database.ts'
  const { db, close } = await openEmbeddedDatabase(process.argv[1])
  await sql\`create table if not exists kept (id int primary key, note text) with (fillfactor = 20)\`.execute(db)
  await sql\`insert into kept select i, 'first' from generate_series(1, 500) i on conflict do nothing\`.execute(db)
  if (process.argv[2] === 'read') {
    const { rows } = await sql\`select count(*)::int as count, count(note)::int as notes from kept\`.execute(db)
    console.log(JSON.stringify(rows[0]))
    await close()
    process.exit(0)
  }
  console.log('ready')
  await new Promise((resolve) => process.stdin.once('data', resolve))
  for (let i = 0; ; i += 1) {
    const note = String(i)
    await sql\`update kept set note = \${note} where id = \${1 + (i % 500)}\`.execute(db).catch(() => undefined)
    // Each statement may be the one that needs another file of the log.
    await sql\`select pg_switch_wal()\`.execute(db).catch(() => undefined)
  }
`

const disk: SmallDisk | undefined = await mountSmallDisk(160)
if (!disk) console.warn('a full disk is not tested: this account may not mount one')

function run(mode: 'write' | 'read') {
  const args = ['--input-type=module', '-e', program, `${disk?.directory}/data`, mode]
  const child = spawn(process.execPath, args, { stdio: 'pipe' })
  let out = ''
  let err = ''
  child.stdout.on('data', (text) => {
    out += text
  })
  child.stderr.on('data', (text) => {
    err += text
  })
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  const ready = new Promise<void>((resolve) => {
    child.stdout.once('data', () => resolve())
    ended.then(() => resolve())
  })
  return { child, ready, ended, out: () => out, err: () => err }
}

describe.skipIf(!disk)('an embedded database whose log finds no space', () => {
  let writer: ReturnType<typeof run>
  beforeAll(async () => {
    writer = run('write')
    await writer.ready
  })
  afterAll(async () => {
    writer?.child.kill('SIGKILL')
    await disk?.remove()
  })

  it('ends its process with a sentence instead of hanging', { timeout: 60_000 }, async () => {
    await disk?.fill()
    writer.child.stdin.write('go\n')
    const late = setTimeout(() => writer.child.kill('SIGKILL'), 40_000)
    expect(await writer.ended, writer.err()).toBe(1)
    clearTimeout(late)
    expect(writer.err()).toMatch(/^The embedded database cannot go on: .*No space left on device/m)
    expect(writer.err()).toContain('start again')
  })

  it('has lost nothing when there is room again', { timeout: 60_000 }, async () => {
    await disk?.free()
    const reader = run('read')
    expect(await reader.ended, reader.err()).toBe(0)
    expect(JSON.parse(reader.out())).toEqual({ count: 500, notes: 500 })
  })
})
