import type { JsonObject } from '../core/canonical.ts'
import { parseCredential } from '../core/format.ts'
import { languageOf } from '../core/in-language.ts'
import { plainText } from '../core/lettering.ts'
import type { PrintedCode } from '../core/printed-code.ts'
import type { CredentialSummary } from '../core/report.ts'
import { type BadgePicture, badgePicture } from './pdf-badge.ts'
import { drawSheet, openSheet } from './pdf-sheet.ts'
import { type SheetWords, sheetLanguage, sheetWords } from './pdf-words.ts'

/** What a certificate is made of. `code` is what is printed beside it, `page` where one can check it. */
export interface CertificateOptions {
  readonly code: PrintedCode | undefined
  readonly page: string
  /** The tag of the one that is wished for; else that of the achievement. English where neither is spoken here. */
  readonly language?: string | undefined
}

/** The texts of a certificate, on one line each and bounded; all but our own are untrusted. */
export interface CertificateWords {
  readonly own: SheetWords
  readonly holder: string
  readonly achievement: string
  readonly kind: string
  readonly issuer: string
  readonly issuerId: string
  readonly description: string
  readonly facts: readonly (readonly [string, string])[]
  readonly id: string
  readonly picture: BadgePicture | undefined
}

/** Its credential is attached under this name. */
export const attachmentName = 'credential.json'

/**
 * A credential as a sheet of A4 (PDF/A-3): set in embedded fonts, with the credential and its proofs attached as a file and printed as a code.
 *
 * The same credential and options give the same bytes. Nothing in it says that the credential is valid: that is to be checked.
 */
export async function certificatePdf(
  credential: JsonObject,
  options: CertificateOptions,
): Promise<Uint8Array> {
  const { summary, validFrom } = parseCredential(credential)
  const language = sheetLanguage(options.language, languageOf(credential))
  const own = sheetWords(language)
  const words = wordsOf(summary, own, badgePicture(credential))
  const made = new Date(validFrom ?? 0)
  const { pdf, bytes } = openSheet(words, language, made)
  pdf.file(Buffer.from(JSON.stringify(credential)), {
    name: attachmentName,
    type: 'application/vc',
    description: own.attachment,
    relationship: 'Source',
    creationDate: made,
    modifiedDate: made,
  } as PDFKit.Mixins.PDFAttachmentOptions)
  await drawSheet(pdf, words, options)
  pdf.end()
  return bytes
}

function wordsOf(
  summary: CredentialSummary,
  own: SheetWords,
  picture: BadgePicture | undefined,
): CertificateWords {
  const { credits, result, validFrom, validUntil, skills } = summary
  const facts: (readonly [string, string | undefined])[] = [
    [own.from, validFrom === '' ? undefined : dayOf(validFrom, own)],
    [own.until, validUntil === undefined ? own.noEnd : dayOf(validUntil, own)],
    [own.credits, credits === undefined ? undefined : numberOf(credits, own)],
    [own.result, result],
    [own.skills, skills.length === 0 ? undefined : skills.map(({ name }) => name).join(', ')],
  ]
  return {
    own,
    picture: picture && { ...picture, caption: line(picture.caption ?? '', 400) },
    holder: line(summary.holder ?? '', 1000) || own.unnamed,
    achievement: line(summary.name, 1000) || own.kind,
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
function dayOf(time: string, { locale }: SheetWords): string {
  const date = new Date(time)
  if (Number.isNaN(date.getTime())) return time
  return new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(date)
}

function numberOf(count: number, { locale }: SheetWords): string {
  return new Intl.NumberFormat(locale, { maximumFractionDigits: 20 }).format(count)
}
