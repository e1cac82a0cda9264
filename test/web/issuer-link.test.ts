import { afterAll, beforeAll, expect, test } from 'vitest'
import { credentialAt } from '../../core/batch.ts'
import { didDocument } from '../../server/did-documents.ts'
import { issueCohort, issuer } from './cohort.ts'
import { type Desk, openDesk } from './desk.ts'
import { paste, verdictOf, visit } from './visitor.ts'

let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
}, 180_000)
afterAll(() => desk?.close())

/** Where the page leads to from a credential whose issuer is a did:web of `host`, which lists the account or does not. */
async function linkFrom(host: string, isListed = true): Promise<string | null> {
  const did = `did:web:${host.replace(':', '%3A')}:issuers:northfield`
  const batch = issueCohort(desk.chain, { issuer: { ...issuer, id: did } })
  await desk.chain.anchor(batch)
  const visitor = await visit(desk)
  const accounts = isListed ? [{ chainId: 31337, address: desk.chain.issuer }] : []
  const document = JSON.stringify(didDocument(did, { keys: [], accounts }))
  const headers = { 'access-control-allow-origin': '*' }
  await visitor.page.route(`https://${host}/**`, (route) =>
    route.fulfill({ headers, body: document }),
  )
  await paste(visitor, JSON.stringify(credentialAt(batch, 0)))
  expect((await verdictOf(visitor)).look).toContain(isListed ? 'valid' : 'invalid')
  const link = visitor.page.getByRole('link', { name: 'Everything that it anchored' })
  const leads = (await link.count()) > 0 ? await link.getAttribute('href') : null
  await visitor.leave()
  return leads
}

test('a credential leads to the page of its issuer where this very site serves it', async () => {
  expect(await linkFrom(new URL(desk.site.url).host)).toBe('./issuers/northfield')
})

test('but not to that of an issuer that lies elsewhere, or that the credential only names', async () => {
  expect(await linkFrom('issuer.example')).toBe(null)
  expect(await linkFrom(new URL(desk.site.url).host, false)).toBe(null)
})
