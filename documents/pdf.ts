import type { JsonObject } from '../core/canonical.ts'
import { parseCredential } from '../core/format.ts'
import { plainText } from '../core/lettering.ts'
import type { PrintedCode } from '../core/printed-code.ts'
import type { CredentialSummary } from '../core/report.ts'
import { drawSheet, openSheet } from './pdf-sheet.ts'

/** What a certificate is made of. `code` is what is printed beside it, `page` where one can check it. */
export interface CertificateOptions {
  readonly code: PrintedCode | undefined
  readonly page: string
}

/** The texts of a certificate, on one line each and bounded; all of them untrusted. */
export interface CertificateWords {
  readonly holder: string
  readonly achievement: string
  readonly kind: string
  readonly issuer: string
  readonly issuerId: string
  readonly description: string
  readonly facts: readonly (readonly [string, string])[]
  readonly id: string
}

/** Its credential is attached under this name. */
export const attachmentName = 'credential.json'

/**
 * A credential as a sheet of A4 (PDF/A-3): set in embedded fonts, with the credential and its proofs attached as a file and printed as a code.
 *
 * The same credential, code and page give the same bytes. Nothing in it says that the credential is valid: that is to be checked.
 */
export async function certificatePdf(
  credential: JsonObject,
  { code, page }: CertificateOptions,
): Promise<Uint8Array> {
  const { summary, validFrom } = parseCredential(credential)
  const words = wordsOf(summary)
  const made = new Date(validFrom ?? 0)
  const { pdf, bytes } = openSheet(words, made)
  pdf.file(Buffer.from(JSON.stringify(credential)), {
    name: attachmentName,
    type: 'application/vc',
    description: 'The credential with its proofs',
    relationship: 'Source',
    creationDate: made,
    modifiedDate: made,
  } as PDFKit.Mixins.PDFAttachmentOptions)
  await drawSheet(pdf, words, { code, page })
  pdf.end()
  return bytes
}

function wordsOf(summary: CredentialSummary): CertificateWords {
  const { credits, result, validFrom, validUntil, skills } = summary
  const facts: (readonly [string, string | undefined])[] = [
    ['Valid from', validFrom === '' ? undefined : dayOf(validFrom)],
    ['Valid until', validUntil === undefined ? 'no end' : dayOf(validUntil)],
    ['Credits', credits === undefined ? undefined : String(credits)],
    ['Result', result],
    ['Skills', skills.length === 0 ? undefined : skills.map(({ name }) => name).join(', ')],
  ]
  return {
    holder: line(summary.holder ?? '', 1000) || 'The holder',
    achievement: line(summary.name, 1000) || 'Credential',
    kind: line(summary.achievementType ?? '', 80)
      .replace(/^ext:/, '')
      .replace(/(?<=[a-z])(?=[A-Z])/g, ' '),
    issuer: line(summary.issuer.name ?? summary.issuer.id, 400),
    issuerId: line(summary.issuer.id, 300),
    description: line(summary.description, 1500),
    facts: facts.flatMap(([name, value]) =>
      value === undefined ? [] : [[name, line(value, 400)] as const],
    ),
    id: line(summary.id, 200),
  }
}

/** Untrusted text on one line: what is far too long for a sheet is not even measured. */
function line(text: string, most: number): string {
  return plainText(text.slice(0, most).toWellFormed().normalize('NFC'))
}

/** In UTC, as the credential says it. */
function dayOf(time: string): string {
  const date = new Date(time)
  if (Number.isNaN(date.getTime())) return time
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(date)
}
