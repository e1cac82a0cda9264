import { credentialAt, issuer } from './sample.ts'

/** What a credential of ours says, as an OpenAttestation 2.0 document. */
export function openAttestationDocument(row: number): object {
  const { '@context': _, issuer: _profile, ...content } = credentialAt(row)
  return {
    ...content,
    issuers: [
      {
        name: issuer.name,
        documentStore: '0x5FbDB2315678afecb367f032d93F642f64180aa3',
        identityProof: { type: 'DNS-TXT', location: 'northfield.example' },
      },
    ],
  }
}
