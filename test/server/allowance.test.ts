import { afterAll, beforeAll, expect, it } from 'vitest'
import type { JsonObject } from '../../core/canonical.ts'
import { badgeBy, sign, signerOf } from '../core/signers.ts'
import { type Stage, setStage } from './stage.ts'

// Whoever writes a credential decides how many documents it names; how many of them are asked for in one request is not theirs to say.

let stage: Stage
beforeAll(async () => {
  stage = await setStage()
}, 60_000)
afterAll(() => stage?.close())

/** Lists at an address that is refused at once, so that nothing is waited for; each is another document. */
const entriesOf = (name: string, count = 8): readonly JsonObject[] =>
  Array.from({ length: count }, (_, i) => ({
    type: 'BitstringStatusListEntry',
    statusPurpose: 'revocation',
    statusListIndex: '7',
    statusListCredential: `https://127.0.0.1/${name}/${i}`,
  }))

async function credentialOf(name: string): Promise<JsonObject> {
  const signer = await signerOf(12)
  return sign(badgeBy(signer.did, { credentialStatus: entriesOf(name) }), signer)
}

async function ask(path: string, json: JsonObject): Promise<string> {
  const { body } = await stage.ask(`POST ${path}`, { json })
  return JSON.stringify(body)
}

const refusal = '32 documents at most'

it('POST /verify asks for a credential’s own lists, and not for those of all endorsements in it', async () => {
  expect(await ask('/verify', await credentialOf('plain'))).not.toContain(refusal)
  const signer = await signerOf(12)
  const endorsement = Array.from({ length: 12 }, (_, i) =>
    sign(
      badgeBy(signer.did, {
        id: `urn:example:${i}`,
        type: ['VerifiableCredential', 'EndorsementCredential'],
        credentialSubject: { id: 'urn:example:other', type: ['EndorsementSubject'] },
        credentialStatus: entriesOf(`endorsement-${i}`),
      }),
      signer,
    ),
  )
  const badge = badgeBy(signer.did, { endorsement: await Promise.all(endorsement) })
  expect(await ask('/verify', await sign(badge, signer))).toContain(refusal)
}, 60_000)

it('POST /presentations/verify has one allowance for all credentials', async () => {
  const signer = await signerOf(12)
  const present = async (count: number) =>
    sign(
      {
        '@context': ['https://www.w3.org/ns/credentials/v2'],
        type: ['VerifiablePresentation'],
        holder: signer.did,
        verifiableCredential: await Promise.all(
          Array.from({ length: count }, (_, i) => credentialOf(`presented-${i}`)),
        ),
      },
      signer,
      { proofPurpose: 'authentication' },
    )
  const verify = async (count: number) =>
    ask('/presentations/verify', { verifiablePresentation: await present(count) })
  expect(await verify(2)).not.toContain(refusal)
  expect(await verify(6)).toContain(refusal)
}, 60_000)
