import { numberOf, type OpenContender } from '../contender.ts'
import { openAttestationDocument } from '../open-attestation-document.ts'
import { requirePeer } from '../peer.ts'

interface TrustVc {
  readonly wrapOADocuments: (documents: readonly object[]) => Promise<readonly object[]>
}

export const open: OpenContender = (task) => {
  const { wrapOADocuments } = requirePeer<TrustVc>('@trustvc/trustvc/open-attestation')
  const size = numberOf(task, 'size')
  const documents = Array.from({ length: size }, (_, row) => openAttestationDocument(row))
  return { run: async () => (await wrapOADocuments(documents)).length }
}
