import { chmod, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Config, parseConfig } from '../../server/config.ts'
import { type Database, openEmbeddedDatabase, openServerDatabase } from '../../server/database.ts'
import { makeSecretBox } from '../../server/secret-box.ts'
import { isLoopback, openSigningSecret } from '../../server/signing-secret.ts'
import { type Storage, storages } from './storages.ts'

const secret = 'correct horse battery staple'
const text = new TextEncoder().encode('a private key')

describe('a secret box', () => {
  it('opens what it sealed, under the same label only, and never seals alike', async () => {
    const box = await makeSecretBox(secret, new Uint8Array(16))
    const sealed = box.seal(text, 'key 1')
    expect(new Uint8Array(box.open(sealed, 'key 1'))).toEqual(text)
    expect(() => box.open(sealed, 'key 2')).toThrow()
    expect(box.seal(text, 'key 1')).not.toEqual(sealed)
    expect(Buffer.from(sealed).includes(Buffer.from(text))).toBe(false)
  })

  it('opens nothing that was altered, cut or sealed with another passphrase or salt', async () => {
    const box = await makeSecretBox(secret, new Uint8Array(16))
    const sealed = box.seal(text, 'key')
    for (let i = 0; i < sealed.length; i++) {
      const altered = Uint8Array.from(sealed)
      altered[i] = (altered[i] as number) ^ 1
      expect(() => box.open(altered, 'key'), `byte ${i}`).toThrow()
      expect(() => box.open(sealed.subarray(0, i), 'key'), `${i} bytes`).toThrow()
    }
    const others = [
      await makeSecretBox(`${secret}!`, new Uint8Array(16)),
      await makeSecretBox(secret, new Uint8Array(16).fill(1)),
    ]
    for (const other of others) expect(() => other.open(sealed, 'key')).toThrow()
  })

  it('takes one passphrase in any spelling of its accents', async () => {
    const composed = await makeSecretBox('Zo\u00eb', new Uint8Array(16))
    const decomposed = await makeSecretBox('Zoe\u0308', new Uint8Array(16))
    expect(new Uint8Array(decomposed.open(composed.seal(text, ''), ''))).toEqual(text)
  })
})

describe.each(storages)('the signing secret on $name', ({ open, name }) => {
  const warned: string[] = []
  let storage: Storage
  let database: Database
  beforeEach(async () => {
    storage = await open()
    const { DATABASE_URL, DATA_DIR } = parseConfig(storage.settings)
    database =
      DATABASE_URL === undefined
        ? await openEmbeddedDatabase(DATA_DIR)
        : await openServerDatabase(DATABASE_URL)
  })
  afterEach(async () => {
    await database?.close()
    await storage?.remove()
  })
  const settings = (more: Readonly<Record<string, string>> = {}): Config =>
    parseConfig({ ...storage.settings, ...more })
  const openWith = (more: Readonly<Record<string, string>> = {}) =>
    openSigningSecret(database.db, settings(more), {
      info() {},
      warn: (_, said) => warned.push(said),
    })
  const refusal = (more: Readonly<Record<string, string>> = {}) =>
    openWith(more).then(
      () => 'opened',
      (thrown: Error) => `${thrown.name}: ${thrown.message}`,
    )
  const file = () => join(settings().DATA_DIR, 'signing-secret')

  it('is made once on the service’s own machine, for its account only', async () => {
    const sealed = (await openWith()).seal(text, 'key')
    const { mode } = await stat(file())
    expect(mode & 0o777).toBe(0o600)
    const made = await readFile(file(), 'utf8')
    expect(made.trim().length).toBeGreaterThanOrEqual(43)
    expect(new Uint8Array((await openWith()).open(sealed, 'key'))).toEqual(text)
    expect(await readFile(file(), 'utf8')).toBe(made)
    expect((await readdir(settings().DATA_DIR)).filter((name) => name.includes('secret.'))).toEqual(
      [],
    )
  })

  it('is one, where several processes start at once', async () => {
    const boxes = await Promise.all(Array.from({ length: 5 }, () => openWith()))
    const sealed = boxes[0]?.seal(text, 'key') as Uint8Array
    for (const box of boxes) expect(new Uint8Array(box.open(sealed, 'key'))).toEqual(text)
  })

  it.runIf(name === 'PostgreSQL')(
    'is made once by processes with directories of their own',
    async () => {
      const directories = [1, 2, 3].map((i) => join(settings().DATA_DIR, `process-${i}`))
      const boxes = await Promise.all(directories.map((DATA_DIR) => openWith({ DATA_DIR })))
      const sealing = boxes.filter((box) => {
        try {
          return box.seal(text, 'key').length > 0
        } catch {
          return false
        }
      })
      expect(sealing).toHaveLength(1)
      const files = await Promise.allSettled(
        directories.map((d) => stat(join(d, 'signing-secret'))),
      )
      expect(files.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    },
  )

  it('is refused where it is another, with a sentence that does not show it', async () => {
    await openWith({ SIGNING_SECRET: secret })
    const said = await refusal({ SIGNING_SECRET: 'another secret of the same length' })
    expect(said).toContain('ConfigError: SIGNING_SECRET is not the secret that the signing keys')
    expect(said).not.toContain('another secret')
    expect(await refusal({ SIGNING_SECRET: secret })).toBe('opened')
  })

  it('is missed where its file is lost, and nothing is written in its place', async () => {
    await openWith()
    await rm(file())
    if (name === 'PostgreSQL') {
      const box = await openWith()
      expect(warned.at(-1)).toContain('cannot sign')
      expect(() => box.seal(text, 'key')).toThrow('set SIGNING_SECRET to the same for all')
      await expect(stat(file())).rejects.toThrow('ENOENT')
      return
    }
    const said = await refusal()
    expect(said).toContain(`${file()} cannot be read`)
    expect(said).toContain('restore it')
    await expect(stat(file())).rejects.toThrow('ENOENT')
  })

  it('is refused where its file was written anew', async () => {
    await openWith()
    await writeFile(file(), 'x'.repeat(40))
    expect(await refusal()).toContain('is not the secret')
    await writeFile(file(), 'short')
    expect(await refusal()).toContain('holds fewer than 24 characters')
    expect(await readFile(file(), 'utf8')).toBe('short')
  })

  it('comes from a file of the settings', async () => {
    const path = join(settings().DATA_DIR, 'elsewhere')
    expect(await refusal({ SIGNING_SECRET_FILE: path })).toContain(
      `SIGNING_SECRET_FILE ${path} cannot be read`,
    )
    await writeFile(path, `${secret}\n`)
    const sealed = (await openWith({ SIGNING_SECRET_FILE: path })).seal(text, 'key')
    const box = await openWith({ SIGNING_SECRET: secret })
    expect(new Uint8Array(box.open(sealed, 'key'))).toEqual(text)
  })

  it('is never made up for a public address', async () => {
    for (const PUBLIC_BASE_URL of ['https://credentials.example.edu', 'http://10.0.0.7:3000']) {
      expect(await refusal({ PUBLIC_BASE_URL })).toContain('SIGNING_SECRET is missing')
    }
    await expect(stat(file())).rejects.toThrow('ENOENT')
    const rows = await database.db.selectFrom('signing_secret').selectAll().execute()
    expect(rows).toEqual([])
  })

  it.skipIf(process.getuid?.() === 0)('says so where its file cannot be made', async () => {
    await chmod(settings().DATA_DIR, 0o500)
    expect(await refusal()).toContain('cannot be made')
    await chmod(settings().DATA_DIR, 0o700)
  })
})

describe('the settings of the secret', () => {
  it('may not be two, nor short, and are never shown', () => {
    const both = { SIGNING_SECRET: secret, SIGNING_SECRET_FILE: './secret' }
    expect(() => parseConfig(both)).toThrow('are both set; keep one')
    expect(() => parseConfig({ SIGNING_SECRET: 'hunter2' })).toThrow('at least 24 random')
    expect(() => parseConfig({ SIGNING_SECRET: 'hunter2' })).not.toThrow('hunter2')
  })

  it.each([
    ['http://127.0.0.1:3000', true],
    ['https://127.0.0.1', true],
    ['http://localhost:3000', true],
    ['http://[::1]:3000', true],
    ['https://rootmark.localhost', true],
    ['http://127.0.0.1.example.org', false],
    ['http://localhost.example.org', false],
    ['http://0.0.0.0:3000', false],
    ['http://192.168.1.1', false],
    ['https://example.edu', false],
  ])('take %s for the machine itself: %s', (url, expected) => {
    expect(isLoopback(url)).toBe(expected)
  })
})
