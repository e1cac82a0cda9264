import type { Kysely } from 'kysely'
import { fill, type Segments, unpackValues } from '../core/credential-template.ts'
import { invariant } from '../core/error.ts'
import type { Tables } from './tables.ts'

/** What a stored credential's document follows from. */
interface StoredDocument {
  readonly id: string
  readonly status_index: number
  /** JSON text, as credentials were stored once. */
  readonly document: string | null
  readonly filled: string | null
  readonly template: string | null
}

/** Stored credentials, each with the template that it fills, if any. */
export function selectDocuments(db: Kysely<Tables>) {
  return db
    .selectFrom('credentials')
    .leftJoin('credential_templates as templates', (join) =>
      join
        .onRef('templates.batch_id', '=', 'credentials.batch_id')
        .onRef('templates.shape', '=', 'credentials.shape'),
    )
    .select([
      'credentials.id',
      'credentials.status_index',
      'credentials.document',
      'credentials.filled',
      'templates.document as template',
    ])
}

/** The documents of rows as JSON text. A template that many rows fill is read once. */
export function documentTexts(rows: readonly StoredDocument[]): readonly string[] {
  const read = new Map<string, Segments>()
  return rows.map(({ id, status_index, document, filled, template }) => {
    if (document !== null) return document
    invariant(filled !== null && template !== null, 'a document, or a template and what fills it')
    let segments = read.get(template)
    if (!segments) {
      segments = JSON.parse(template) as Segments
      read.set(template, segments)
    }
    return fill(segments, unpackValues(filled, `urn:uuid:${id}`, status_index))
  })
}

export function documentText(row: StoredDocument): string {
  return documentTexts([row])[0] as string
}
