import { readFile } from 'node:fs/promises'
import { InvalidInputError, messageOf } from '../core/error.ts'
import { parseJson } from '../core/json.ts'
import { parseTrust, type Trust } from '../core/trust.ts'
import { type Config, ConfigError } from './config.ts'

/** The JSON of the trust file. Throws `ConfigError`. */
export async function readTrustFile({ TRUST_FILE }: Config): Promise<unknown> {
  try {
    return parseJson(await readFile(TRUST_FILE))
  } catch (thrown) {
    throw new ConfigError(
      `TRUST_FILE ${TRUST_FILE} cannot be read: ${messageOf(thrown)}; set it to the path of a trust file.`,
    )
  }
}

/** Whom the file says to trust, with the configured contracts where it names none. Throws `ConfigError` with the place. */
export function parseTrustFile(file: unknown, config: Config): Trust {
  try {
    return parseTrust(file, {
      registry: config.REGISTRY_ADDRESS,
      accreditationRegistry: config.ACCREDITATION_REGISTRY_ADDRESS,
    })
  } catch (thrown) {
    if (!(thrown instanceof InvalidInputError)) throw thrown
    const place = thrown.pointer || 'the whole file'
    throw new ConfigError(
      `TRUST_FILE ${config.TRUST_FILE} cannot be used at ${place}: ${thrown.message}; correct it there.`,
    )
  }
}
