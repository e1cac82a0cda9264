import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto'
import { promisify } from 'node:util'

/** Encrypts secrets that are kept in the database; whoever has the database alone cannot read them. */
export interface SecretBox {
  /** `label` says what it is the secret of: it opens under the same label only. */
  readonly seal: (secret: Uint8Array, label: string) => Uint8Array
  /** Throws where the bytes were altered, or sealed with another passphrase or label. */
  readonly open: (sealed: Uint8Array, label: string) => Uint8Array
}

const version = 1
const nonceLength = 12
const tagLength = 16
const derive = promisify<string, Uint8Array, number, object, Buffer>(scrypt)

/** A box under a passphrase: scrypt (RFC 7914) makes the key of AES-256-GCM. `salt` has 16 bytes and is no secret. */
export async function makeSecretBox(passphrase: string, salt: Uint8Array): Promise<SecretBox> {
  const cost = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 2 ** 20 }
  const key = await derive(passphrase.normalize('NFC'), salt, 32, cost)
  return {
    seal(secret, label) {
      const nonce = randomBytes(nonceLength)
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(label))
      const text = Buffer.concat([cipher.update(secret), cipher.final()])
      return Buffer.concat([Uint8Array.of(version), nonce, cipher.getAuthTag(), text])
    },
    open(sealed, label) {
      const nonce = sealed.subarray(1, 1 + nonceLength)
      const tag = sealed.subarray(1 + nonceLength, 1 + nonceLength + tagLength)
      // GCM in Node takes shorter tags, which are easier to guess.
      if (sealed[0] !== version || tag.length !== tagLength) throw new Error('it is not sealed')
      const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagLength })
      decipher.setAAD(Buffer.from(label)).setAuthTag(tag)
      const text = sealed.subarray(1 + nonceLength + tagLength)
      return Buffer.concat([decipher.update(text), decipher.final()])
    },
  }
}
