import Type, { type Static, type TSchema } from 'typebox'
import { Errors } from 'typebox/value'
import { contractAddresses } from '../core/deployment.ts'
import { credentialLimits } from '../core/i-json.ts'
import { maxTransactionGas } from '../core/status.ts'
import { ConfigError } from './config-error.ts'

const text = (remedy: string, initial?: string) =>
  setting(Type.String({ minLength: 1 }), remedy, initial)
const url = (remedy: string) => setting(Type.String({ pattern: '^https?://[^\\s]+$' }), remedy)
const address = (remedy: string, initial?: string) =>
  setting(Type.String({ pattern: '^0x[0-9a-fA-F]{40}$' }), remedy, initial)
const whole = (minimum: number, maximum: number, remedy: string, initial?: number) =>
  setting(Type.Integer({ minimum, maximum }), remedy, initial)

/** `remedy` completes the sentence "set it to …". */
function setting<Schema extends TSchema>(
  schema: Schema,
  remedy: string,
  initial?: unknown,
): Schema {
  return { ...schema, remedy, ...(initial !== undefined && { default: initial }) }
}

/** Every setting of the service: the names of the environment variables, what they may hold and their defaults. */
export const environmentSchema = Type.Object({
  HOST: text('an address to listen on, for example 127.0.0.1 or 0.0.0.0', '127.0.0.1'),
  PORT: whole(0, 65_535, 'a free port from 0 to 65535, for example 3000', 3000),
  SHARE_PORT: setting(
    Type.Boolean(),
    'true where several processes listen on PORT together, else false',
    false,
  ),
  PUBLIC_BASE_URL: Type.Optional(
    url('the URL that others reach the service at, for example https://credentials.example.edu'),
  ),
  TLS_CERT: Type.Optional(text('the path of a certificate with its chain, in PEM')),
  TLS_KEY: Type.Optional(text('the path of the private key of TLS_CERT, in PEM')),
  DATA_DIR: text('a directory that the service may write to', './data'),
  DATABASE_URL: Type.Optional(
    setting(
      Type.String({ pattern: '^postgres(ql)?://[^\\s]+$' }),
      'a PostgreSQL URL such as postgres://host/name, or leave it out',
    ),
  ),
  CHAIN_RPC_URL: Type.Optional(
    setting(
      Type.String({ pattern: '^https?://[^\\s,]+(?:[\\s,]+https?://[^\\s,]+)*$' }),
      'the URL of a JSON-RPC endpoint, or several with commas between, or leave it out for the embedded chain',
    ),
  ),
  CHAIN_RPC_QUORUM: whole(1, 100, 'how many of the endpoints in CHAIN_RPC_URL must agree', 1),
  CHAIN_PROOFS: setting(
    Type.Boolean(),
    'true to have what the chain holds proved with eth_getProof in verifications, else false',
    false,
  ),
  CHAIN_ID: Type.Optional(
    whole(
      1,
      Number.MAX_SAFE_INTEGER,
      'the id of the chain behind CHAIN_RPC_URL, for example 11155111',
    ),
  ),
  PUBLIC_RPC_URL: Type.Optional(
    url('the URL of a JSON-RPC endpoint without a secret key, which the page may use'),
  ),
  REGISTRY_ADDRESS: address(
    'the address of the CredentialRegistry, or leave it out for the one that is the same everywhere',
    contractAddresses.registry,
  ),
  ACCREDITATION_REGISTRY_ADDRESS: address(
    'the address of the AccreditationRegistry, or leave it out for the one that is the same everywhere',
    contractAddresses.accreditationRegistry,
  ),
  OPERATOR_KEY: Type.Optional(
    setting(
      Type.String({ pattern: '^0x[0-9a-fA-F]{64}$' }),
      "0x and the 64 hex digits of the operator's private key, or use OPERATOR_KEYSTORE",
    ),
  ),
  OPERATOR_KEYSTORE: Type.Optional(text('the path of an encrypted JSON keystore')),
  OPERATOR_KEYSTORE_PASSWORD: Type.Optional(text('the password of OPERATOR_KEYSTORE')),
  MAX_FEE_GWEI: whole(1, 1_000_000, 'the highest fee a gas in gwei, from 1 to 1000000', 200),
  MAX_TRANSACTION_GAS: whole(
    100_000,
    1_000_000_000,
    'the most gas of one transaction, from 100000 to 1000000000',
    maxTransactionGas,
  ),
  REPLACE_AFTER_SECONDS: whole(1, 86_400, 'seconds from 1 to 86400', 180),
  WORKER: setting(
    Type.Enum(['in-process', 'separate']),
    'in-process, or separate where "npm run worker" works on the chain',
    'in-process',
  ),
  ADMIN_KEY: Type.Optional(
    setting(Type.String({ minLength: 24 }), 'at least 24 random characters'),
  ),
  SIGNING_SECRET: Type.Optional(
    setting(Type.String({ minLength: 24 }), 'at least 24 random characters'),
  ),
  SIGNING_SECRET_FILE: Type.Optional(text('the path of a file with at least 24 random characters')),
  MAIL_URL: Type.Optional(
    setting(
      Type.String({ pattern: '^(?:smtps?|https?)://[^\\s]+$' }),
      'smtp://name:password@host:587, smtps://… or the https:// address of something that takes mails as JSON, or leave it out',
    ),
  ),
  MAIL_FROM: Type.Optional(
    setting(
      Type.String({ pattern: '^[^\\r\\n]*[^\\s@]+@[^\\s@]+$|^[^\\r\\n<>]+<[^\\s@]+@[^\\s@]+>$' }),
      'the address that mails come from, for example Northfield University <credentials@example.edu>',
    ),
  ),
  TRUST_FILE: text('the path of a trust file', './trust.json'),
  MIGRATIONS_DIR: Type.Optional(text('a folder of migration records')),
  PINNED_DOCUMENTS_DIR: Type.Optional(text('a folder of documents with an index.json')),
  EMBEDDED_CHAIN_PORT: whole(0, 65_535, 'a free port from 0 to 65535, for example 8545', 8545),
  CHAIN_TIMEOUT_MS: whole(100, 120_000, 'milliseconds from 100 to 120000', 10_000),
  WATCH_INTERVAL_MS: whole(100, 3_600_000, 'milliseconds from 100 to 3600000', 4000),
  JOB_ATTEMPTS: whole(1, 1000, 'tries from 1 to 1000 before a job is given up', 20),
  WATCH_STALE_MS: whole(1000, 86_400_000, 'milliseconds from 1000 to 86400000', 180_000),
  RATE_LIMIT: whole(0, 1_000_000, 'requests a minute from one address, 0 for no limit', 1200),
  VERIFY_RATE_LIMIT: whole(
    0,
    1_000_000,
    'verifications a minute from one address, 0 for no limit',
    300,
  ),
  VERIFY_BULK_LIMIT: whole(1, 1_000_000, 'credentials in one request from 1 to 1000000', 20_000),
  VERIFY_BULK_RATE_LIMIT: whole(
    0,
    100_000_000,
    'credentials a minute from one address in requests with many, 0 for no limit',
    20_000,
  ),
  VERIFY_MAX_AGE_MS: whole(
    0,
    60_000,
    'milliseconds from 0 to 60000 that what a verification knows of the chain may be old, 0 to ask for each',
    1000,
  ),
  BODY_LIMIT: whole(
    1024,
    credentialLimits.bytes,
    `bytes from 1024 to ${credentialLimits.bytes}`,
    credentialLimits.bytes,
  ),
  ROSTER_LIMIT: whole(1024, 17_179_869_184, 'bytes from 1024 to 17179869184', 1_073_741_824),
  BATCH_LIMIT: whole(1, 16_777_216, 'credentials from 1 to 16777216', 1_000_000),
  REQUEST_TIMEOUT_MS: whole(1000, 600_000, 'milliseconds from 1000 to 600000', 60_000),
  TRUST_PROXY: setting(
    Type.Boolean(),
    'true behind a reverse proxy that sets X-Forwarded-For, else false',
    false,
  ),
  LOG_LEVEL: setting(
    Type.Enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']),
    'one of fatal, error, warn, info, debug, trace and silent',
    'warn',
  ),
})

export type Environment = Static<typeof environmentSchema>

/** Reads each setting by itself; an empty variable counts as absent. Throws `ConfigError` for the first that cannot be taken. */
export function readEnvironment(env: Readonly<Record<string, string | undefined>>): Environment {
  const values: Record<string, unknown> = {}
  for (const [name, schema] of Object.entries(environmentSchema.properties)) {
    const value = env[name]?.trim()
    if (value) values[name] = convert(value, schema)
    else if ('default' in schema) values[name] = schema.default
  }
  const [problem] = Errors(environmentSchema, values)
  if (problem) {
    const name = problem.instancePath.split('/')[1] as keyof Environment
    const { remedy } = environmentSchema.properties[name] as unknown as { readonly remedy: string }
    const found = isSecret(name) ? 'not what it should be' : `${JSON.stringify(env[name])}`
    throw new ConfigError(`${name} is ${found}; set it to ${remedy}.`)
  }
  return values as Environment
}

function convert(value: string, schema: TSchema): unknown {
  const { type } = schema as { readonly type?: string }
  if (type === 'integer' && /^\d{1,16}$/.test(value)) return Number(value)
  if (type === 'boolean' && /^(?:true|false)$/.test(value)) return value === 'true'
  return value
}

function isSecret(name: string): boolean {
  return /KEY|PASSWORD|SECRET$|_URL$/.test(name)
}
