import { createHash, randomBytes } from 'node:crypto'

/** A secret that stands in a link, and the hash that is kept of it. */
export interface NewToken {
  readonly token: string
  readonly hash: Buffer
}

/** 256 random bits, as 43 characters of base64url: nobody finds one by guessing. */
export function drawToken(): NewToken {
  const token = randomBytes(32).toString('base64url')
  return { token, hash: hashToken(token) as Buffer }
}

/** What is kept of a token, or `undefined` for what cannot be one. The text is untrusted. */
export function hashToken(token: string): Buffer | undefined {
  if (!/^[\w-]{43}$/.test(token)) return undefined
  return createHash('sha256').update(token).digest()
}

/** Where a link leads; the secret is its last part. */
export function linkUrl(baseUrl: string, token: string): string {
  return `${baseUrl}/c/${token}`
}
