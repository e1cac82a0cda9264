import type { Result } from 'ethers'
import { operatorRoles } from '../core/registry.ts'
import { formatSeconds } from '../core/time.ts'
import type { Failure } from './failure.ts'

const time = (seconds: unknown) => formatSeconds(Number(seconds))

/** What each custom error of the contracts means to the person who sent the call. */
const sentences: Readonly<Record<string, (args: Result) => string>> = {
  ZeroRoot: () => 'The root of the batch is zero: issue the batch again.',
  EmptyBatch: () => 'The batch has no credentials: issue it again from a roster with learners.',
  AlreadyAnchored: ([, root, sequence]) =>
    `Batch ${root} is anchored already, as number ${sequence}: there is nothing to do.`,
  UnknownBatch: ([issuer, root]) =>
    `${issuer} never anchored batch ${root} here: check the batch, the issuer and the network, or anchor it first.`,
  StatusIndexOutOfRange: ([index, size]) =>
    `Status index ${index} does not exist: the batch has ${size} credentials, numbered from 0.`,
  WordsOutOfRange: ([, , size]) =>
    `A status index does not exist: the batch has ${size} credentials, numbered from 0.`,
  NotAuthorized: ([issuer, caller, role]) =>
    `${caller} may not ${Number(role) === operatorRoles.anchor ? 'anchor' : 'revoke'} for ${issuer}: use the issuer’s account, or let the issuer run npx hardhat operator.`,
  OperatorExpired: ([, operator, expiry]) =>
    `What operator ${operator} was allowed ended at ${time(expiry)}: the issuer can renew it with npx hardhat operator.`,
  InvalidOperator: ([operator]) =>
    `${operator} cannot be an operator: name another account than the issuer’s own.`,
  UnknownRoles: () => 'These roles are unknown: the roles are anchor and revoke.',
  ExpiryInPast: ([expiry]) => `${time(expiry)} has passed: name a later end.`,
  SignatureExpired: ([deadline]) =>
    `The signature could be used until ${time(deadline)}: ask the issuer for a new one.`,
  InvalidSignature: ([issuer]) =>
    `The signature is not one of ${issuer} for this batch: ask the issuer for another.`,
  InvalidSubject: ([subject]) =>
    `${subject} cannot be accredited: name another account than your own.`,
  InvertedPeriod: ([from, until]) =>
    `The accreditation would end at ${time(until)}, before it begins at ${time(from)}.`,
  EmptyName: () => 'An accreditation needs the name of who is accredited: give --name.',
  TextTooLong: ([length, maximum]) =>
    `A text has ${length} bytes, at most ${maximum} fit: shorten it.`,
  UnknownAccreditation: ([accreditor, index, count]) =>
    `${accreditor} has no accreditation ${index}; its list has ${count}, numbered from 0.`,
}

/** The sentence for a custom error; its code is the error's name in snake case. */
export function explainRevert(name: string, args: Result): Failure {
  const code = name.replace(/(?<=[a-z])[A-Z]/g, (letter) => `_${letter}`).toLowerCase()
  return { code, message: sentences[name]?.(args) ?? `The contract refused the call: ${name}.` }
}
