import type { Achievement, Issuer } from './achievement.ts'
import { toHex, utf8 } from './bytes.ts'
import type { JsonObject } from './canonical.ts'
import { type Account, didPkh, formatStatusId, parseDidPkh } from './did.ts'
import { sha256 } from './hash.ts'
import { accountIdentifier } from './issuer-account.ts'
import type { Learner } from './learner.ts'

export const contexts = [
  'https://www.w3.org/ns/credentials/v2',
  'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
] as const

/** What all credentials of a batch share. `registry` is where they will be anchored, `account` who anchors them. */
export interface BatchTerms {
  readonly batchId: string
  readonly achievement: Achievement & { readonly id: string }
  readonly issuer: Issuer
  readonly account: Account
  readonly registry: string
  /** Where the service or the issuer publishes status lists; no trailing slash. */
  readonly baseUrl: string
  readonly validFrom: string
  readonly validUntil: string | undefined
}

/** What is drawn for one credential. `identitySalt` has 16 bytes. */
export interface CredentialDraw {
  readonly id: string
  readonly statusIndex: number
  readonly identitySalt: Uint8Array
}

/**
 * The Open Badges 3.0 credential of a learner, without proofs. Format rule 1.
 *
 * Only terms of the two contexts are used, so that any JSON-LD processor takes it in safe mode.
 */
export function makeCredential(
  terms: BatchTerms,
  learner: Learner,
  draw: CredentialDraw,
): JsonObject {
  const validUntil = learner.validUntil ?? terms.validUntil
  return {
    '@context': contexts,
    id: draw.id,
    type: ['VerifiableCredential', 'OpenBadgeCredential'],
    name: terms.achievement.name,
    issuer: makeProfile(terms),
    validFrom: learner.validFrom ?? terms.validFrom,
    ...(validUntil !== undefined && { validUntil }),
    credentialSubject: {
      ...(learner.did !== undefined && { id: learner.did }),
      type: ['AchievementSubject'],
      identifier: makeIdentifiers(learner, draw.identitySalt),
      ...(learner.credits !== undefined && { creditsEarned: learner.credits }),
      ...(learner.result !== undefined && {
        result: [makeResult(terms.achievement, learner.result)],
      }),
      achievement: makeAchievement(terms.achievement),
    },
    credentialStatus: makeStatus(terms, draw.statusIndex),
  }
}

/** `sha256$` and the hex of SHA-256 over identity and salt, Open Badges 3.0 `IdentityHash`. */
export function identityHash(identity: string, salt: string, hexOf = sha256Hex): string {
  return `sha256$${hexOf(identity + salt)}`
}

function sha256Hex(text: string): string {
  return toHex(sha256(utf8(text))).slice(2)
}

function makeProfile({ issuer, account }: BatchTerms): JsonObject {
  const id = issuer.id ?? didPkh(account)
  return {
    ...issuer,
    id,
    type: ['Profile'],
    // Format rule 14: under another name, the issuer's signature is to cover which account anchors for it.
    ...(!parseDidPkh(id) && { otherIdentifier: [accountIdentifier(account)] }),
  }
}

/** The e-mail as a salted hash, so that a credential that is passed on does not pass the address on; the name as it is. */
function makeIdentifiers(learner: Learner, identitySalt: Uint8Array): readonly JsonObject[] {
  const salt = toHex(identitySalt).slice(2)
  const name = {
    type: 'IdentityObject',
    hashed: false,
    identityHash: learner.name,
    identityType: 'name',
  }
  if (learner.email === undefined) return [name]
  return [
    {
      type: 'IdentityObject',
      hashed: true,
      identityHash: identityHash(learner.email, salt),
      identityType: 'emailAddress',
      salt,
    },
    name,
  ]
}

function makeResult(achievement: Achievement, value: string): JsonObject {
  const described = achievement.resultDescription?.[0]?.id
  return {
    type: ['Result'],
    value,
    ...(described !== undefined && { resultDescription: described }),
  }
}

function makeAchievement(achievement: Achievement): JsonObject {
  const { alignment, image, resultDescription, ...plain } = achievement
  return {
    ...plain,
    type: ['Achievement'],
    ...(image && { image: { ...image, type: 'Image' } }),
    ...(alignment && {
      alignment: alignment.map((target) => ({ ...target, type: ['Alignment'] })),
    }),
    ...(resultDescription && {
      resultDescription: resultDescription.map((result) => ({
        ...result,
        type: ['ResultDescription'],
      })),
    }),
  }
}

/** Format rule 8: names the registry that must know the credential, so that leaving its proof away is noticed. */
function makeStatus(terms: BatchTerms, statusIndex: number): JsonObject {
  const registry = { chainId: terms.account.chainId, address: terms.registry }
  return {
    id: formatStatusId({ registry, purpose: 'revocation', statusIndex }),
    type: 'BitstringStatusListEntry',
    statusPurpose: 'revocation',
    statusListIndex: String(statusIndex),
    statusListCredential: `${terms.baseUrl}/batches/${terms.batchId}/status/revocation`,
  }
}
