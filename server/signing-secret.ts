import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { link, mkdir, open, readFile, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import type { Kysely } from 'kysely'
import { messageOf } from '../core/error.ts'
import { type Config, ConfigError } from './config.ts'
import type { Log } from './log.ts'
import { HttpProblem } from './problem.ts'
import { makeSecretBox, type SecretBox } from './secret-box.ts'
import type { Tables } from './tables.ts'

const saltLength = 16
const fileName = 'signing-secret'
const probe = { text: 'signing secret', label: 'probe' }

/**
 * Opens the box of the issuers' signing keys with the secret of the settings, or of a file in DATA_DIR that is made where the service
 * is reachable from its own machine only.
 *
 * The first secret that a database sees is its secret from then on. Throws `ConfigError` where there is none, or another one.
 */
export async function openSigningSecret(
  db: Kysely<Tables>,
  config: Config,
  log: Log,
): Promise<SecretBox> {
  const known = await findProbe(db)
  const isAbsent = isElsewhere(config)
  const close = () => {
    log.warn({}, `this process cannot sign for issuers: ${withoutSecret}`)
    return closedBox
  }
  if (known && isAbsent) return close()
  const { secret, from } = await readSecret(config, known !== undefined)
  const { salt, sealed } = known ?? (await recordProbe(db, secret))
  const box = await makeSecretBox(secret, salt)
  try {
    box.open(sealed, probe.label)
  } catch {
    if (isAbsent) {
      // Another process was first in the same moment.
      await unlink(join(config.DATA_DIR, fileName))
      return close()
    }
    throw new ConfigError(
      `${from} is not the secret that the signing keys in this database are encrypted with; set it to that one, or restore its file.`,
    )
  }
  return box
}

const withoutSecret =
  'the secret of the signing keys lies with another process on this database; set SIGNING_SECRET to the same for all, or give them one DATA_DIR'

/** Of a process that has no part in the secret: all but signing works. */
const closedBox: SecretBox = { seal: refuse, open: refuse }

function refuse(): never {
  const sentence = `${withoutSecret.charAt(0).toUpperCase()}${withoutSecret.slice(1)}.`
  throw new HttpProblem(503, 'signing_secret_missing', sentence)
}

/** Whether this process would have to make a secret that another on the same database server may have made in its own data directory. */
function isElsewhere(config: Config): boolean {
  const { DATABASE_URL, SIGNING_SECRET, SIGNING_SECRET_FILE, PUBLIC_BASE_URL, DATA_DIR } = config
  const isSet = SIGNING_SECRET !== undefined || SIGNING_SECRET_FILE !== undefined
  if (DATABASE_URL === undefined || isSet || !isLoopback(PUBLIC_BASE_URL)) return false
  return !existsSync(join(DATA_DIR, fileName))
}

interface Secret {
  readonly secret: string
  /** Where it stands, for a sentence. */
  readonly from: string
}

async function readSecret(config: Config, isKnown: boolean): Promise<Secret> {
  const { SIGNING_SECRET, SIGNING_SECRET_FILE, PUBLIC_BASE_URL, DATA_DIR } = config
  if (SIGNING_SECRET !== undefined) return { secret: SIGNING_SECRET, from: 'SIGNING_SECRET' }
  if (SIGNING_SECRET_FILE !== undefined) {
    const from = `SIGNING_SECRET_FILE ${SIGNING_SECRET_FILE}`
    return { secret: await readSecretFile(SIGNING_SECRET_FILE, from), from }
  }
  if (!isLoopback(PUBLIC_BASE_URL)) {
    throw new ConfigError(
      `SIGNING_SECRET is missing: the keys that issuers sign with are stored encrypted, and ${PUBLIC_BASE_URL} is a public address; set it to at least 24 random characters, or SIGNING_SECRET_FILE to a file that holds them, and keep a copy.`,
    )
  }
  const file = join(DATA_DIR, fileName)
  const from = `The file ${file}`
  if (!isKnown) await makeSecretFile(file)
  return { secret: await readSecretFile(file, from), from }
}

async function readSecretFile(file: string, from: string): Promise<string> {
  const secret = await readFile(file, 'utf8').catch((thrown) => {
    throw new ConfigError(
      `${from} cannot be read: ${messageOf(thrown)}; restore it: without it, the signing keys in the database cannot be used.`,
    )
  })
  if (secret.trim().length >= 24) return secret.trim()
  throw new ConfigError(`${from} holds fewer than 24 characters; restore it, or write more.`)
}

/** Makes the file whole or not at all, and leaves one that is there as it is: another process may have been first. */
async function makeSecretFile(file: string): Promise<void> {
  const draft = `${file}.${randomBytes(8).toString('hex')}`
  await mkdir(join(file, '..'), { recursive: true, mode: 0o700 })
  try {
    const handle = await open(draft, 'wx', 0o600)
    try {
      await handle.writeFile(`${randomBytes(32).toString('base64url')}\n`)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await link(draft, file)
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== 'EEXIST') {
      throw new ConfigError(
        `The file ${file} cannot be made: ${messageOf(thrown)}; set SIGNING_SECRET, or let the service write to DATA_DIR.`,
      )
    }
  } finally {
    await unlink(draft).catch(() => undefined)
  }
}

/** What a database keeps to tell whether a secret is its own. */
async function findProbe(db: Kysely<Tables>) {
  const row = await db.selectFrom('signing_secret').selectAll().executeTakeFirst()
  return row && { salt: Uint8Array.from(row.salt), sealed: Uint8Array.from(row.sealed) }
}

/** Of several processes that start at once, one secret becomes the database's. */
async function recordProbe(db: Kysely<Tables>, secret: string) {
  const salt = randomBytes(saltLength)
  const box = await makeSecretBox(secret, salt)
  await db
    .insertInto('signing_secret')
    .values({ salt, sealed: box.seal(Buffer.from(probe.text), probe.label) })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  return (await findProbe(db)) as { readonly salt: Uint8Array; readonly sealed: Uint8Array }
}

/** Whether a URL leads to this machine and nowhere else. */
export function isLoopback(url: string): boolean {
  const { hostname } = new URL(url)
  return /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\]|[^.]+\.localhost)$/.test(hostname)
}
