import { InvalidInputError } from './error.ts'
import { credentialLimits } from './i-json.ts'
import { openPdf, type PdfFile } from './pdf-file.ts'
import { isDictionary, isReference, isStream, type PdfValue } from './pdf-syntax.ts'

/** Values within one object that are looked at; a sheet has some hundred. */
const maxValues = 200_000

/**
 * The file that is attached to a PDF: the credential's JSON, or a JWS.
 *
 * The bytes are untrusted. Throws `InvalidInputError` where they are no PDF that can be read (`pdf_malformed`, `pdf_encrypted`), nothing is
 * attached (`badge_empty`), several files are (`badge_ambiguous`), or one beyond the size of a credential (`too_large`).
 */
export async function unbakePdf(pdf: Uint8Array): Promise<Uint8Array> {
  const file = await openPdf(pdf)
  const attached = await findAttached(file)
  const [only] = attached
  if (attached.size > 1) {
    throw new InvalidInputError(
      'badge_ambiguous',
      `this PDF has ${attached.size} files attached, of which a verifier could take either for the credential; ask for it as its issuer handed it out`,
    )
  }
  if (only === undefined) {
    throw new InvalidInputError(
      'badge_empty',
      'this PDF has no credential attached. Printing, scanning and some programs that change PDFs lose it: ask for it as its issuer handed it out, or scan its code',
    )
  }
  const stream = await file.read(only)
  const text = isStream(stream) ? await file.open(stream, credentialLimits.bytes) : undefined
  if (text) return text
  throw new InvalidInputError(
    'too_large',
    `more than ${credentialLimits.bytes} bytes are attached to this PDF: this is no credential`,
  )
}

/**
 * The streams of all file specifications (ISO 32000-2 §7.11.3), wherever they stand: viewers list attachments of the document, of pages and of
 * annotations, and one that we passed over might be the one that a person opens.
 */
async function findAttached(file: PdfFile): Promise<ReadonlySet<number>> {
  const attached = new Set<number>()
  let left = maxValues
  const walk = async (value: PdfValue): Promise<void> => {
    if (left-- < 0) {
      throw new InvalidInputError(
        'too_large',
        `this PDF has more than ${maxValues} values: it is none that carries a credential`,
      )
    }
    if (Array.isArray(value)) {
      for (const each of value as readonly PdfValue[]) if (isNested(each)) await walk(each)
    } else if (isDictionary(value)) {
      if (value.entries.has('EF')) await take(value.entries.get('EF'))
      for (const each of value.entries.values()) if (isNested(each)) await walk(each)
    }
  }
  const take = async (embedded: PdfValue | undefined) => {
    const files = await file.resolve(embedded)
    if (!isDictionary(files)) return
    for (const each of files.entries.values()) if (isReference(each)) attached.add(each.object)
  }
  for (const object of file.objects) await walk(await file.read(object))
  return attached
}

function isNested(value: PdfValue): boolean {
  return Array.isArray(value) || isDictionary(value)
}
