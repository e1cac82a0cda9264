import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { previewOf, readHolderPage } from '../../server/share-page.ts'

const vector = new URL('../vectors/v1/credentials/valid-latin.json', import.meta.url)
const credential = JSON.parse(readFileSync(vector, 'utf8'))
const source = readFileSync(new URL('../../web/holder/index.html', import.meta.url), 'utf8')

it('a preview tells the achievement and its issuer, and nothing of the holder', async () => {
  const preview = previewOf(credential)
  expect(preview).toEqual({
    title: 'Vectors 101',
    description: 'A credential that anyone can check. Issued by Vector University.',
  })
  const holder = credential.credentialSubject.identifier.find(
    ({ identityType }: { identityType: string }) => identityType === 'name',
  ).identityHash
  const page = await readHolderPage()
  const html = page(preview)
  // Built pages may be missing where nothing but the tests ran.
  if (html === undefined) return
  expect(html).toContain('<meta property="og:title" content="Vectors 101" />')
  expect(html).not.toContain(holder)
  expect(html).not.toContain(credential.id)
  expect(page(undefined)).not.toContain('og:title')
})

it('the page has a place for it, and asks for no robots and no referrer', () => {
  expect(source).toContain('<!-- preview -->')
  expect(source).toContain('<meta name="robots" content="noindex')
  expect(source).toContain('<meta name="referrer" content="no-referrer" />')
})

it('what a credential says cannot leave the tags of the preview', async () => {
  const hostile = structuredClone(credential)
  hostile.credentialSubject.achievement.name = '"><script>alert(1)</script>$&\u202e'
  hostile.issuer.name = `</title>${'x'.repeat(10_000)}`
  const html = (await readHolderPage())(previewOf(hostile))
  if (html === undefined) return
  expect(html).not.toContain('<script>alert')
  expect(html).not.toContain('</title>x')
  expect(html).toContain('content="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;$&amp;"')
  expect(html.length).toBeLessThan(5000)
})
