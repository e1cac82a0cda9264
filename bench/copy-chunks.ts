import { createCopyRows } from '../server/copy-rows.ts'
import { credentialAt } from './sample.ts'

const chunkSize = 10_000

/** Where the documents go, made anew for every round. */
export const copyTable = {
  anew: 'drop table if exists bench_documents; create table bench_documents (id uuid primary key, document text not null)',
  statement: 'copy bench_documents (id, document)',
} as const

/** Documents of 2.4 KB with their ids in the binary COPY format, some thousand in each piece. */
export function copyChunks(rows: number): readonly Uint8Array<ArrayBuffer>[] {
  const chunks: Uint8Array<ArrayBuffer>[] = []
  for (let first = 0; first < rows; first += chunkSize) {
    const writer = createCopyRows()
    for (let row = first; row < Math.min(rows, first + chunkSize); row++) {
      const credential = credentialAt(row)
      writer.row(2)
      writer.bytes(
        Buffer.from(String(credential['id']).slice('urn:uuid:'.length).replaceAll('-', ''), 'hex'),
      )
      writer.text(JSON.stringify(credential))
    }
    chunks.push(writer.end())
  }
  return chunks
}
