import { createHash } from 'node:crypto'
import jsonld from 'jsonld'
import { numberOf, type OpenContender } from '../contender.ts'
import { requirePeer } from '../peer.ts'
import { achievement, issuer, learnerAt } from '../sample.ts'

interface CertVerifier {
  readonly Certificate: new (
    document: object,
  ) => {
    readonly init: () => Promise<void>
    readonly verify: () => Promise<{ readonly status: string; readonly message: string }>
  }
}
interface MerkleProof2019 {
  readonly Encoder: new (receipt: object) => { readonly encode: () => string }
}
interface Schemas {
  readonly preloadedContexts: Readonly<Record<string, unknown>>
}

const profileUrl = 'https://northfield.example/blockcerts.json'
const profile = {
  '@context': ['https://w3id.org/openbadges/v2', 'https://w3id.org/blockcerts/v3.1'],
  type: 'Profile',
  id: profileUrl,
  name: issuer.name,
  url: issuer.url,
  verificationMethod: [
    {
      id: '#key-1',
      type: 'EcdsaSecp256k1VerificationKey2019',
      controller: profileUrl,
      publicKeyHex: `02${'11'.repeat(32)}`,
    },
  ],
}

/** Certificates on its mock chain, so that no explorer is asked; the profile of the issuer is served from memory. */
export const open: OpenContender = async (task) => {
  const { Certificate } = requirePeer<CertVerifier>(
    '@blockcerts/cert-verifier-js/dist/verifier-node/index.js',
  )
  globalThis.fetch = async () => Response.json(profile)
  // It tells a console what it leaves out.
  Object.assign(console, { log: () => undefined, warn: () => undefined, error: () => undefined })
  const documents = await certificates(numberOf(task, 'size'))
  const count = numberOf(task, 'count')
  return {
    async run() {
      let valid = 0
      for (const document of documents.slice(0, count)) {
        const certificate = new Certificate(document)
        await certificate.init()
        const { status, message } = await certificate.verify()
        if (status !== 'success') throw new Error(`it refuses its own form: ${message}`)
        valid += 1
      }
      return valid
    },
  }
}

/** Certificates of about the size of ours, in one tree. */
async function certificates(size: number): Promise<readonly object[]> {
  const { Encoder } = requirePeer<MerkleProof2019>('@blockcerts/lds-merkle-proof-2019')
  const bare = Array.from({ length: size }, (_, row) => bareCertificate(row))
  const hashes = await Promise.all(bare.map(hashOf))
  const levels = levelsOver(hashes)
  const merkleRoot = levels.at(-1)?.[0] as string
  return bare.map((document, row) => ({
    ...document,
    proof: {
      type: 'DataIntegrityProof',
      cryptosuite: 'merkle-proof-2019',
      proofPurpose: 'assertionMethod',
      created: '2026-06-01T00:00:00Z',
      verificationMethod: `${profileUrl}#key-1`,
      proofValue: new Encoder({
        path: pathOf(levels, row),
        merkleRoot,
        targetHash: hashes[row],
        anchors: [`blink:mocknet:mocknet:${'ab'.repeat(32)}`],
      }).encode(),
    },
  }))
}

function bareCertificate(row: number) {
  const { name = '', email = '' } = learnerAt(row)
  return {
    '@context': [
      'https://www.w3.org/ns/credentials/v2',
      'https://w3id.org/security/data-integrity/v2',
      'https://w3id.org/blockcerts/v3.1',
    ],
    id: `urn:uuid:0a1b2c3d-0000-4000-8000-${String(row).padStart(12, '0')}`,
    type: ['VerifiableCredential', 'BlockcertsCredential'],
    issuer: profileUrl,
    validFrom: '2026-06-01T00:00:00Z',
    credentialSubject: {
      id: `urn:uuid:1a1b2c3d-0000-4000-8000-${String(row).padStart(12, '0')}`,
      name,
      email,
      publicKey: `ecdsa-koblitz-pubkey:${row}`,
      claim: { name: achievement.name, description: achievement.description },
    },
    metadata: JSON.stringify(achievement),
    display: { contentMediaType: 'text/html', content: `<p>${achievement.name}</p>` },
  }
}

/** SHA-256 of its canonical N-Quads, as the proof has it. */
async function hashOf(document: { readonly '@context': readonly unknown[] }): Promise<string> {
  const { preloadedContexts } = requirePeer<Schemas>('@blockcerts/schemas')
  const context = [...document['@context'], { '@vocab': 'http://fallback.org/' }]
  const quads = await jsonld.canonize({ ...document, '@context': context }, {
    algorithm: 'URDNA2015',
    format: 'application/n-quads',
    safe: false,
    documentLoader: async (url: string) => ({
      contextUrl: null,
      documentUrl: url,
      document: preloadedContexts[url],
    }),
  } as never)
  return createHash('sha256').update(quads).digest('hex')
}

function levelsOver(hashes: readonly string[]): readonly (readonly string[])[] {
  const levels = [hashes]
  for (let level = hashes; level.length > 1; levels.push(level)) {
    level = Array.from({ length: Math.ceil(level.length / 2) }, (_, i) => {
      const [left = '', right] = level.slice(2 * i, 2 * i + 2)
      return right === undefined ? left : sha256(left + right)
    })
  }
  return levels
}

function pathOf(levels: readonly (readonly string[])[], row: number): readonly object[] {
  return levels.flatMap((level, height): readonly object[] => {
    const at = Math.floor(row / 2 ** height)
    const sibling = level[at % 2 === 0 ? at + 1 : at - 1]
    if (sibling === undefined) return []
    return at % 2 === 0 ? [{ right: sibling }] : [{ left: sibling }]
  })
}

function sha256(hex: string): string {
  return createHash('sha256').update(Buffer.from(hex, 'hex')).digest('hex')
}
