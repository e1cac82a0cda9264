import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Batch, credentialAt } from '../../core/batch.ts'
import { toMultibase } from '../../core/bytes.ts'
import { canonicalize, type JsonObject } from '../../core/canonical.ts'
import { withoutProof } from '../../core/digest.ts'
import { createKeep } from '../../core/keep.ts'
import { encodeAnchorProof, parseProofs } from '../../core/proof.ts'
import { reportText } from '../../core/report-text.ts'
import { textTemplates } from '../../core/text-template.ts'
import { type VerifyOptions, verifyParsed } from '../../core/verify.ts'
import { createAlike } from '../../core/verify-alike.ts'
import { accredit, anchoredFor, timeOf, write } from './transaction.ts'
import { readersOf, trusting } from './verifier.ts'
import { openWorld, type World } from './world.ts'

let world: World
let batch: Batch
let options: VerifyOptions
beforeAll(async () => {
  world = await openWorld()
  const { issuer, ministry } = world.accounts
  await accredit(world, ministry, { subject: issuer, name: 'University' })
  batch = await anchoredFor(world, issuer, 37)
  await write(world, issuer, 'revoke', [issuer, batch.root, 0, [1n << 5n]])
  await write(world, issuer, 'suspend', [issuer, batch.root, 0, [1n << 6n]])
  options = await optionsAt(createKeep({ maxAgeMs: 1000, now: () => options.now }))
}, 60_000)
afterAll(() => world?.close())

async function optionsAt(keep: ReturnType<typeof createKeep>): Promise<VerifyOptions> {
  const readers = readersOf(world)
  const trust = trusting(world, {
    rootAccreditors: [{ account: world.accounts.ministry, name: 'Ministry' }],
  })
  return {
    now: (await timeOf(world)) * 1000,
    trust,
    readers: {
      ...readers,
      chain: (id) => {
        const chain = readers.chain(id)
        return chain && { ...chain, keep }
      },
    },
  }
}

const templates = textTemplates((template) => ({ template, alike: createAlike(template.places) }))
/** What the first credentials have in common, and the texts of this one. */
function read(document: JsonObject) {
  const text = JSON.stringify(document)
  for (const i of [0, 1, 2, 3, 36]) {
    if (templates.read(text)) break
    const sample = credentialAt(batch, i)
    templates.learn(sample, JSON.stringify(sample))
  }
  const found = templates.read(text)
  if (!found) throw new Error('the credential is not like the others')
  return { ...found.use, texts: found.texts, canonical: canonicalize(withoutProof(document)) }
}
async function learn(index: number, under = options) {
  const document = credentialAt(batch, index)
  const { alike, texts } = read(document)
  alike.learn(document, texts, await verifyParsed(document, under))
}
function verify(document: JsonObject, under = options) {
  const { alike, texts, canonical } = read(document)
  return alike.verify(texts, canonical, under)
}

it('what is alike gets the report that it gets alone, before which nothing is known', async () => {
  expect(await verify(credentialAt(batch, 0))).toBeUndefined()
  await learn(5)
  expect(await verify(credentialAt(batch, 0))).toBeUndefined()
  await learn(4)
  for (const statusIndex of batch.entries.keys()) {
    const document = credentialAt(batch, statusIndex)
    const alone = await verifyParsed(document, options)
    const alike = await verify(document)
    expect(alike).toEqual(alone.verdict === 'valid' ? alone : undefined)
    if (alike) expect(reportText(alike)).toBe(JSON.stringify(alone))
  }
})

it('what is altered, or not in force, has to be verified in full', async () => {
  await learn(4)
  const document = credentialAt(batch, 9)
  const { texts, canonical, alike, template } = read(document)
  for (const [i, place] of template.places.entries()) {
    const other = read(credentialAt(batch, 10)).texts[i] as string
    for (const text of [other, '', 'x', `${texts[i]}0`, 'u', 'uAA', `0${texts[i]}`]) {
      const changed = texts.with(i, text)
      const content = canonicalize(withoutProof(template.fill(changed)))
      if (text === texts[i]) continue
      expect(await alike.verify(changed, content, options), `${place} ${text}`).toBeUndefined()
    }
  }
  expect(await alike.verify(texts, canonical, options)).toMatchObject({ verdict: 'valid' })

  const at = template.places.findIndex((place) => place.endsWith('/proofValue'))
  const { anchor } = parseProofs(document)
  if (!anchor) throw new Error('a credential of a batch has a proof')
  const { impostor } = world.accounts
  for (const other of [
    { chainId: anchor.chainId + 1 },
    { registry: impostor },
    { issuer: impostor },
    { statusIndex: 10 },
    { salt: new Uint8Array(32) },
    { siblings: anchor.siblings.slice(1) },
    { siblings: [...anchor.siblings, new Uint8Array(32)] },
  ]) {
    const value = toMultibase(encodeAnchorProof({ ...anchor, ...other }))
    expect(await alike.verify(texts.with(at, value), canonical, options)).toBeUndefined()
  }
})

it('holds at the block and in the period of what was verified, and where nothing is kept not at all', async () => {
  await learn(4)
  const document = credentialAt(batch, 9)
  expect(await verify(document)).toBeDefined()
  expect(await verify(document, { ...options, now: 0 })).toBeUndefined()
  expect(await verify(document, { ...options, readers: readersOf(world) })).toBeUndefined()
  const known = { ...options.readers, migrations: async () => [{}] }
  expect(await verify(document, { ...options, readers: known })).toBeUndefined()
  await world.provider.request({ method: 'evm_mine' })
  const later = await optionsAt(createKeep({ maxAgeMs: 1000, now: () => options.now }))
  expect(await verify(document, later)).toBeUndefined()
})
