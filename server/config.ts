import { checksumAddress } from '../core/abi.ts'
import { messageOf } from '../core/error.ts'
import { endpointUrls } from '../core/rpc.ts'
import { ConfigError } from './config-error.ts'
import { type Environment, readEnvironment } from './environment.ts'

export { ConfigError }

/** The settings in force. `operator` is undefined where no operator key is configured: self-custody only. */
export type Config = Readonly<Environment> & { readonly PUBLIC_BASE_URL: string }

/** Reads the settings; an empty variable counts as absent. Throws `ConfigError` for the first that cannot be taken. */
export function parseConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const environment = readEnvironment(env)
  if (environment.CHAIN_RPC_URL !== undefined && environment.CHAIN_ID === undefined) {
    throw new ConfigError(
      'CHAIN_ID is missing; set it to the id of the chain behind CHAIN_RPC_URL, for example 11155111.',
    )
  }
  if (environment.WORKER === 'separate' && environment.DATABASE_URL === undefined) {
    throw new ConfigError(
      'WORKER is separate, but a worker cannot share the embedded database; set DATABASE_URL, or WORKER to in-process.',
    )
  }
  if (environment.SHARE_PORT) refuseToShareAlone(environment)
  const endpoints = endpointUrls(environment.CHAIN_RPC_URL ?? 'embedded').length
  if (environment.CHAIN_RPC_QUORUM > endpoints) {
    throw new ConfigError(
      `CHAIN_RPC_QUORUM is ${environment.CHAIN_RPC_QUORUM}, but there ${endpoints === 1 ? 'is 1 endpoint' : `are ${endpoints} endpoints`}; name more in CHAIN_RPC_URL or lower it.`,
    )
  }
  if (environment.OPERATOR_KEY !== undefined && environment.OPERATOR_KEYSTORE !== undefined) {
    throw new ConfigError(
      'OPERATOR_KEY and OPERATOR_KEYSTORE are both set; keep one, best the keystore.',
    )
  }
  if (
    environment.OPERATOR_KEYSTORE !== undefined &&
    environment.OPERATOR_KEYSTORE_PASSWORD === undefined
  ) {
    throw new ConfigError(
      'OPERATOR_KEYSTORE_PASSWORD is missing; set it to the password of OPERATOR_KEYSTORE.',
    )
  }
  if (environment.SIGNING_SECRET !== undefined && environment.SIGNING_SECRET_FILE !== undefined) {
    throw new ConfigError(
      'SIGNING_SECRET and SIGNING_SECRET_FILE are both set; keep one, best the file.',
    )
  }
  refuseHalfTls(environment)
  return Object.freeze({
    ...environment,
    PUBLIC_BASE_URL: (environment.PUBLIC_BASE_URL ?? defaultBaseUrl(environment)).replace(
      /\/+$/,
      '',
    ),
    REGISTRY_ADDRESS: readAddress('REGISTRY_ADDRESS', environment.REGISTRY_ADDRESS),
    ACCREDITATION_REGISTRY_ADDRESS: readAddress(
      'ACCREDITATION_REGISTRY_ADDRESS',
      environment.ACCREDITATION_REGISTRY_ADDRESS,
    ),
  })
}

/** What is embedded belongs to one process: others behind the port would answer from something else. */
function refuseToShareAlone({ DATABASE_URL, CHAIN_RPC_URL, PORT }: Environment): void {
  const missing = DATABASE_URL === undefined ? 'DATABASE_URL' : 'CHAIN_RPC_URL'
  if (DATABASE_URL === undefined || CHAIN_RPC_URL === undefined) {
    throw new ConfigError(
      `SHARE_PORT is true, but what is embedded belongs to one process; set ${missing}, or SHARE_PORT to false.`,
    )
  }
  if (PORT === 0) {
    throw new ConfigError('SHARE_PORT is true, but PORT is 0; set PORT to the one that all share.')
  }
}

function readAddress(name: string, value: string): string {
  try {
    return checksumAddress(value)
  } catch (thrown) {
    throw new ConfigError(`${name} cannot be used: ${messageOf(thrown)}; copy it again.`)
  }
}

function refuseHalfTls({ TLS_CERT, TLS_KEY, PUBLIC_BASE_URL = '' }: Environment): void {
  if ((TLS_CERT === undefined) !== (TLS_KEY === undefined)) {
    const [missing, given] = TLS_CERT === undefined ? ['CERT', 'KEY'] : ['KEY', 'CERT']
    throw new ConfigError(
      `TLS_${missing} is missing; set it beside TLS_${given}, or neither of the two.`,
    )
  }
  if (TLS_CERT !== undefined && PUBLIC_BASE_URL.startsWith('http:')) {
    throw new ConfigError(
      'PUBLIC_BASE_URL begins with http:, but TLS_CERT has https served; let it begin with https:.',
    )
  }
}

function defaultBaseUrl({ HOST, PORT, TLS_CERT }: Environment): string {
  const scheme = TLS_CERT === undefined ? 'http' : 'https'
  const host = HOST === '0.0.0.0' || HOST === '::' ? 'localhost' : HOST
  return `${scheme}://${host.includes(':') ? `[${host}]` : host}:${PORT}`
}
