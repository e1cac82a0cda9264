import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { credentialAt } from '../../../core/batch.ts'
import type { Json } from '../../../core/canonical.ts'
import { isIdentityHash, isRecipient } from '../../../core/open-badges/recipient.ts'
import { iJson } from '../arbitrary-json.ts'
import { cohort } from '../cohort.ts'
import { badge } from './badge-sample.ts'

const email = 'a@example.com'
const hashOf = (algorithm: string, text: string) =>
  `${algorithm}$${createHash(algorithm).update(text).digest('hex')}`

function identity(members: Record<string, Json>) {
  return { type: 'IdentityObject', hashed: true, identityType: 'emailAddress', ...members }
}

const badgeOf = (...identifier: readonly Json[]) => badge({}, { identifier })
const known = (value: string, type = 'emailAddress') => ({ identifier: { type, value } })

describe('a recipient', () => {
  it('is known by an id', () => {
    expect(isRecipient(badge(), { id: 'did:example:ada' })).toBe(true)
    expect(isRecipient(badge(), { id: 'did:example:eve' })).toBe(false)
    expect(isRecipient(badge({}, { id: null as never }), { id: '' })).toBe(false)
  })

  it.each<readonly [string, Json]>([
    ['in plain text', identity({ hashed: false, identityHash: email })],
    ['by SHA-256', identity({ identityHash: hashOf('sha256', email) })],
    [
      'by SHA-256 with salt',
      identity({ identityHash: hashOf('sha256', `${email}Kosher`), salt: 'Kosher' }),
    ],
    [
      'in capitals',
      identity({
        identityHash: hashOf('sha256', `${email}Kosher`).toUpperCase().replace('SHA256', 'sha256'),
        salt: 'Kosher',
      }),
    ],
    [
      'by MD5 with salt',
      identity({ identityHash: hashOf('md5', `${email}Kosher`), salt: 'Kosher' }),
    ],
  ])('is known by an e-mail %s', async (_, entry) => {
    expect(isRecipient(badgeOf(entry), known(email))).toBe(true)
    expect(isRecipient(badgeOf(identity({ identityHash: 'x' }), entry), known(email))).toBe(true)
    expect(isRecipient(badgeOf(entry), known('A@Example.com'))).toBe(true)
    expect(isRecipient(badgeOf(entry), known('b@example.com'))).toBe(false)
    expect(isRecipient(badgeOf(entry), known(email, 'userName'))).toBe(false)
  })

  it('is that of the example in the specification', () => {
    const stated = 'sha256$b5809d8a92f8858436d7e6b87c12ebc0ae1eac4baecc2c0b913aee2c922ef399'
    expect(
      isRecipient(badgeOf(identity({ identityHash: stated, salt: 'Kosher' })), known(email)),
    ).toBe(true)
  })

  it.each<readonly [string, Json]>([
    [
      'a hash that is not said to be one',
      identity({ hashed: false, identityHash: hashOf('sha256', email) }),
    ],
    ['a text that is said to be a hash', identity({ identityHash: email })],
    [
      'another salt',
      identity({ identityHash: hashOf('sha256', `${email}Kosher`), salt: 'kosher' }),
    ],
    ['no salt', identity({ identityHash: hashOf('sha256', `${email}Kosher`) })],
    ['another hash function', identity({ identityHash: hashOf('sha1', email) })],
    ['a hash without its name', identity({ identityHash: hashOf('sha256', email).slice(7) })],
    ['a hash of nothing', identity({ identityHash: hashOf('sha256', '') })],
  ])('is not known by %s', async (_, entry) => {
    expect(isRecipient(badgeOf(entry), known(email))).toBe(false)
    expect(isRecipient(badgeOf(entry), known(''))).toBe(false)
  })

  it('is known by names exactly as they are written', () => {
    expect(isRecipient(badge(), known('Ada Ito', 'name'))).toBe(true)
    expect(isRecipient(badge(), known('ada ito', 'name'))).toBe(false)
  })

  it('is whom Rootmark issued to, and nobody else', () => {
    const batch = cohort(3)
    const emails = [0, 1, 2].map((i) => `learner${i}@example.org`)
    for (const index of [0, 1, 2]) {
      const matches = emails.map((one) => isRecipient(credentialAt(batch, index), known(one)))
      expect(matches.filter(Boolean)).toHaveLength(1)
    }
  })

  it('costs a bounded number of hashes', () => {
    const many = Array.from({ length: 5_000 }, () =>
      identity({ identityHash: hashOf('sha256', 'x') }),
    )
    expect(
      isRecipient(badgeOf(...many, identity({ hashed: false, identityHash: email })), known(email)),
    ).toBe(false)
  })

  it('is nobody in particular, whatever JSON the badge holds', () => {
    fc.assert(
      fc.property(iJson, (value) => {
        const secret = 'nobody-knows-this@example.org'
        for (const document of [
          badgeOf(value),
          badge({ credentialSubject: value }),
          { x: value },
        ]) {
          expect(isRecipient(document, { id: secret, ...known(secret) })).toBe(false)
        }
      }),
    )
  })
})

it('an identity hash is told by its form', () => {
  expect(isIdentityHash(hashOf('sha256', 'x'))).toBe(true)
  expect(isIdentityHash(hashOf('md5', 'x'))).toBe(true)
  for (const text of [
    '',
    'x',
    'sha256$',
    'md5$00',
    `sha512$${'0'.repeat(128)}`,
    `${hashOf('md5', 'x')} `,
  ]) {
    expect(isIdentityHash(text)).toBe(false)
  }
})
