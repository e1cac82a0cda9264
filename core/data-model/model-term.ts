const vocabulary = 'https://www.w3.org/2018/credentials#'

/**
 * The terms of both data models that a verification decides on, and the IRIs they stand for.
 *
 * Their contexts protect them against being redefined. Nothing in JSON-LD keeps a document from giving one of these IRIs a second
 * name, though, and a signature over RDF is not broken by it: `expirationDate` moved to a member `note` would go unseen.
 */
export const modelTerms: ReadonlyMap<string, string> = new Map([
  ...[
    'credentialSchema',
    'credentialStatus',
    'credentialSubject',
    'evidence',
    'expirationDate',
    'holder',
    'issuanceDate',
    'issuer',
    'refreshService',
    'relatedResource',
    'termsOfUse',
    'validFrom',
    'validUntil',
    'verifiableCredential',
  ].map((term) => [term, `${vocabulary}${term}`] as const),
  ['proof', 'https://w3id.org/security#proof'],
])
