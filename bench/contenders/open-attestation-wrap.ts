import { numberOf, type OpenContender } from '../contender.ts'
import { openAttestationDocument } from '../open-attestation-document.ts'
import { requirePeer } from '../peer.ts'

interface OpenAttestation {
  readonly wrapDocuments: (documents: readonly object[]) => readonly object[]
}

export const open: OpenContender = (task) => {
  const { wrapDocuments } = requirePeer<OpenAttestation>('@govtechsg/open-attestation')
  const documents = documentsOf(numberOf(task, 'size'))
  return { run: () => wrapDocuments(documents).length }
}

function documentsOf(size: number): readonly object[] {
  return Array.from({ length: size }, (_, row) => openAttestationDocument(row))
}
