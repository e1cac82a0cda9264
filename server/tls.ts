import { createPrivateKey, X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { messageOf } from '../core/error.ts'
import { type Config, ConfigError } from './config.ts'

/** Certificate (with its chain) and private key, in PEM. */
export interface Tls {
  readonly cert: Buffer
  readonly key: Buffer
}

/** What to serve https with; `undefined` where a reverse proxy does, or nobody. Throws `ConfigError`. */
export async function readTls({ TLS_CERT, TLS_KEY }: Config): Promise<Tls | undefined> {
  if (TLS_CERT === undefined || TLS_KEY === undefined) return undefined
  const cert = await readPem('TLS_CERT', TLS_CERT)
  const key = await readPem('TLS_KEY', TLS_KEY)
  const certificate = parsePem('TLS_CERT', TLS_CERT, () => new X509Certificate(cert))
  const privateKey = parsePem('TLS_KEY', TLS_KEY, () => createPrivateKey(key))
  if (!certificate.checkPrivateKey(privateKey)) {
    throw new ConfigError(
      `TLS_KEY ${TLS_KEY} is not the key of the first certificate in TLS_CERT ${TLS_CERT}; name the pair that belongs together, the own certificate before its chain.`,
    )
  }
  return { cert, key }
}

async function readPem(setting: string, path: string): Promise<Buffer> {
  try {
    return await readFile(path)
  } catch (thrown) {
    throw new ConfigError(
      `${setting} ${path} cannot be read: ${messageOf(thrown)}; check the path and who may read it.`,
    )
  }
}

function parsePem<Part>(setting: string, path: string, parse: () => Part): Part {
  try {
    return parse()
  } catch {
    const what = setting === 'TLS_CERT' ? 'a certificate' : 'a private key without a passphrase'
    throw new ConfigError(`${setting} ${path} does not hold ${what}; it must be in PEM.`)
  }
}
