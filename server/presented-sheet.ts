import type { JsonObject } from '../core/canonical.ts'
import { InvalidInputError } from '../core/error.ts'
import { credentialLimits } from '../core/i-json.ts'
import { readTerms } from '../core/presentation-terms.ts'
import { type JudgedCredential, type Presented, verifyPresented } from '../core/presented.ts'
import { signedForOf } from '../core/signed-for.ts'
import { withAllowance } from '../documents/allowance.ts'
import type { PresentedLine, PresentedSheet } from '../documents/presented-pdf.ts'
import type { Service } from './service.ts'

/**
 * Verifies a presentation for a sheet. Untrusted; throws `InvalidInputError` for what is none, and for one that is larger than what is read
 * of an attached file.
 */
export async function presentedSheet(
  { readers, trust, config }: Pick<Service, 'readers' | 'trust' | 'config'>,
  presentation: JsonObject,
): Promise<PresentedSheet> {
  const { length } = Buffer.from(JSON.stringify(presentation))
  if (length > credentialLimits.bytes) {
    const found = `${length} bytes; at most ${credentialLimits.bytes} are attached to a sheet`
    throw new InvalidInputError('too_large', found, '/verifiablePresentation')
  }
  const now = Date.now()
  // Whether it is meant for whoever reads the sheet, only they can say; whether the signature holds is told.
  const { challenge, domain } = signedForOf(presentation)
  const presented = await verifyPresented(presentation, {
    readers: { ...readers, document: withAllowance(readers.document) },
    trust,
    now,
    challenge,
    domain,
  })
  const [problem] = presented.presentation.problems
  if (presented.credentials.length === 0) {
    const isFormed = problem === undefined || problem.pointer.startsWith('/proof')
    const { code, message, pointer } = isFormed ? nothingInIt : problem
    throw new InvalidInputError(code, message, `/verifiablePresentation${pointer}`)
  }
  return {
    presentation,
    address: `${config.PUBLIC_BASE_URL}/presentation`,
    madeAt: now,
    facts: factsOf(presentation, presented),
    ...standingOf(presented),
    lines: presented.credentials.map(lineOf),
  }
}

const nothingInIt = { code: 'credentials_missing', message: 'no credential is in it', pointer: '' }

function factsOf(presentation: JsonObject, { person }: Presented): PresentedSheet['facts'] {
  const { purpose, audience, until } = readTerms(presentation)
  const { domain } = signedForOf(presentation)
  return [
    ['Signed by', person.did ?? 'nobody'],
    ...(purpose === undefined ? [] : [['What for, in the holder’s words', purpose] as const]),
    ['For', audience ?? domain ?? 'whoever gets it'],
    ...(until === undefined ? [] : [['To be relied on until', dayOf(until)] as const]),
  ]
}

function standingOf({ presentation }: Presented): Pick<PresentedSheet, 'verdict' | 'isValid'> {
  const { verdict, reason, summary } = presentation
  if (verdict === 'valid') return { isValid: true, verdict: 'Its holder’s signature holds.' }
  if (reason === 'proof_missing') {
    return { isValid: false, verdict: 'Nobody signed for handing these over.' }
  }
  const word = verdict === 'invalid' ? 'It does not hold' : 'It could not be checked'
  return { isValid: false, verdict: `${word}: ${summary}.` }
}

function lineOf({ told, report }: JudgedCredential): PresentedLine {
  const { name, verdict, summary } = told
  const credential = report?.credential
  const skills = credential?.skills.map((skill) => skill.name).join(', ') ?? ''
  const facts = [
    credential?.holder === undefined ? '' : `for ${credential.holder}`,
    credential?.validFrom ? `from ${dayOf(Date.parse(credential.validFrom))}` : '',
    credential?.validUntil ? `until ${dayOf(Date.parse(credential.validUntil))}` : '',
    credential?.credits === undefined ? '' : `${credential.credits} credits`,
    skills,
  ]
  const test = report?.anchor?.testNetwork ? ' On a test network, which proves nothing.' : ''
  const words = {
    valid: `Genuine and in force when this was made.${test}`,
    invalid: `Not valid: ${summary}`,
    indeterminate: `Could not be checked: ${summary}`,
  }
  return {
    name,
    issuer:
      report?.accreditation?.issuerName ?? credential?.issuer.name ?? credential?.issuer.id ?? '',
    facts: facts.filter((fact) => fact !== '').join(' · '),
    isValid: verdict === 'valid',
    verdict: words[verdict],
  }
}

function dayOf(time: number): string {
  if (Number.isNaN(time)) return 'a time that cannot be read'
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(time)
}
