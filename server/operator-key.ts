import { readFile } from 'node:fs/promises'
import { computeAddress, Wallet } from 'ethers'
import { messageOf } from '../core/error.ts'
import { type Config, ConfigError } from './config.ts'

/** The operator's private key, from the keystore or as it is; `undefined` where none is configured. Throws `ConfigError`. */
export async function readOperatorKey(config: Config): Promise<string | undefined> {
  const { OPERATOR_KEY, OPERATOR_KEYSTORE, OPERATOR_KEYSTORE_PASSWORD = '' } = config
  if (OPERATOR_KEYSTORE !== undefined) {
    try {
      const keystore = await readFile(OPERATOR_KEYSTORE, 'utf8')
      return (await Wallet.fromEncryptedJson(keystore, OPERATOR_KEYSTORE_PASSWORD)).privateKey
    } catch (thrown) {
      const reason =
        thrown instanceof Error && 'shortMessage' in thrown
          ? thrown.shortMessage
          : messageOf(thrown)
      throw new ConfigError(
        `OPERATOR_KEYSTORE ${OPERATOR_KEYSTORE} cannot be opened: ${reason}; check the path and OPERATOR_KEYSTORE_PASSWORD.`,
      )
    }
  }
  if (OPERATOR_KEY !== undefined) refuseUnusableKey(OPERATOR_KEY)
  return OPERATOR_KEY
}

function refuseUnusableKey(key: string): void {
  try {
    computeAddress(key)
  } catch {
    throw new ConfigError('OPERATOR_KEY is not a private key of secp256k1; make another one.')
  }
}
