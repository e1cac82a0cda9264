import { numberOf, type OpenContender } from '../contender.ts'
import { openAttestationDocument } from '../open-attestation-document.ts'
import { requirePeer } from '../peer.ts'

interface OpenAttestation {
  readonly wrapDocuments: (documents: readonly object[]) => readonly object[]
  readonly verifySignature: (document: object) => boolean
}

export const open: OpenContender = (task) => {
  const { wrapDocuments, verifySignature } = requirePeer<OpenAttestation>(
    '@govtechsg/open-attestation',
  )
  const size = numberOf(task, 'size')
  const wrapped = wrapDocuments(
    Array.from({ length: size }, (_, row) => openAttestationDocument(row)),
  ).slice(0, numberOf(task, 'count'))
  return { run: () => wrapped.filter((document) => verifySignature(document)).length }
}
