import { readFile } from 'node:fs/promises'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { JsonObject } from '../../core/canonical.ts'
import { unpackText } from '../../core/packed-link.ts'
import { parseRequirement } from '../../core/pathway/pathway.ts'
import { questionFragment } from '../../core/question.ts'
import { badgeBy, sign, signerOf } from '../core/signers.ts'
import { credentialIds, type Stage, setStage } from '../server/stage.ts'
import { findingsIn } from './axe.ts'
import { launchChromium } from './chromium.ts'
import { type Site, startSite } from './site.ts'

// A real service on a real chain behind the page as it is built now.

let browser: Awaited<ReturnType<typeof launchChromium>>
let site: Site
let stage: Stage
/** Credentials of one learner, by course. */
const held: Record<string, string> = {}
let ids: readonly string[]
let pathway: string
const passphrase = 'seven grey herons at dawn'
const email = 'ada@example.org'
const achievementOf = (code: string) => ({
  id: `https://northfield.example/courses/${code}`,
  name: `Course ${code}`,
  description: 'A course.',
  criteria: { narrative: 'Passed.' },
  creditsAvailable: 2,
})

beforeAll(async () => {
  ;[browser, site] = await Promise.all([launchChromium(), startSite()])
  stage = await setStage({ settings: { PUBLIC_BASE_URL: site.url } })
  const { key } = stage
  for (const code of ['statistics', 'charts']) {
    const json = { achievement: achievementOf(code), learners: [{ name: 'Ada Ito', email }] }
    const { body } = await stage.ask('POST /issuers/northfield/batches', { key, json })
    await stage.ask(`POST /batches/${body.id}/anchor`, { key })
    await stage.service.catchUp()
    const [id] = await credentialIds(stage, body.id)
    held[code] = (await stage.ask(`GET /credentials/${id}`)).text
    ids = [...(ids ?? []), id as string]
  }
  const document = {
    format: 'rootmark-pathway-1',
    name: 'Certificate in Data Practice',
    policy: 'award-stands',
    achievement: { name: 'Certificate', description: 'x', criteria: { narrative: 'x' } },
    every: { issuers: 'any' },
    rule: {
      all: [
        {
          components: 1,
          label: 'Statistics',
          where: { achievements: [achievementOf('statistics').id] },
        },
        {
          any: 1,
          of: [
            {
              components: 1,
              label: 'Charts',
              where: { achievements: [achievementOf('charts').id] },
            },
            { components: 1, label: 'Maps', where: { achievements: ['urn:x:maps'] } },
          ],
        },
        { credits: 6, shared: true },
      ],
    },
  }
  pathway = (await stage.ask('POST /issuers/northfield/pathways', { key, json: document })).body.id
  for (const path of ['/config.json', '/pathways', new URL(pathway).pathname]) pass(path)
}, 120_000)
afterAll(async () => {
  await Promise.all([browser?.close(), site?.close()])
  await stage?.close()
})

/** Has the site answer a path as the service does; pages come from what was built. */
function pass(path: string): void {
  site.bodies.set(path, (response) => {
    void stage.ask(`GET ${path}`, { headers: { accept: 'application/json' } }).then(
      ({ status, headers, bytes }) => {
        response.setHeader('content-type', String(headers['content-type']))
        response.writeHead(status).end(bytes)
      },
      () => response.destroy(),
    )
  })
}

async function open(path = '/portfolio', options: BrowserContextOptions = {}) {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    reducedMotion: 'reduce',
    locale: 'en-GB',
    acceptDownloads: true,
    ...options,
  })
  const page = await context.newPage()
  const faults: string[] = []
  const asked: string[] = []
  page.on('request', (request) => {
    if (request.method() !== 'GET') asked.push(request.postData() ?? '')
  })
  page.on('pageerror', (error) => faults.push(error.message))
  page.on('console', (message) => {
    if (/Content Security Policy|violat/i.test(message.text())) faults.push(message.text())
  })
  await page.goto(`${site.url}${path}`)
  return { page, faults, asked, leave: () => context.close() }
}

async function start(page: Page, phrase = passphrase): Promise<void> {
  await page.locator('input[name=passphrase]').fill(phrase)
  await page.locator('input[name=again]').fill(phrase)
  await page.keyboard.press('Enter')
  await page.locator('portfolio-shelf').waitFor()
}

const fileOf = (name: string, content: string | Buffer) => ({
  name,
  mimeType: 'application/octet-stream',
  buffer: Buffer.from(content),
})
const add = (page: Page, ...files: readonly ReturnType<typeof fileOf>[]) =>
  page.locator('portfolio-shelf input[type=file]').setInputFiles([...files])
const both = () => Object.entries(held).map(([code, text]) => fileOf(`${code}.json`, text))
const settled = (page: Page, count: number) =>
  expect
    .poll(() => page.locator('.held > li:not(.waiting)').count(), { timeout: 20_000 })
    .toBe(count)

test('credentials are kept encrypted, verified anew each time, and shown on terms that the service verifies', async () => {
  const { page, faults, asked, leave } = await open()
  await page.locator('portfolio-gate').waitFor()
  await start(page)
  const foreign = await signerOf(5)
  const badge = await sign(badgeBy(foreign.did), foreign)
  await add(
    page,
    ...both(),
    fileOf('badge.json', JSON.stringify(badge)),
    fileOf('odd.json', '{"a":1}'),
  )
  await settled(page, 3)
  expect(await page.getByText('Added: 3 documents. Not taken: 1 document.').count()).toBe(1)
  expect(await page.locator('.held .trial').count()).toBe(2)
  await page.getByRole('button', { name: 'Whole report: Course charts' }).click()
  await page.locator('.held .verdict .headline').waitFor()
  await page.getByRole('button', { name: 'Whole report: Course charts' }).click()
  expect(await page.locator('.held check-report').count()).toBe(0)
  // What lies in the browser names nobody.
  const kept = await page.evaluate(async () => {
    const db = await new Promise<IDBDatabase>((resolve) => {
      const request = indexedDB.open('rootmark-portfolio')
      request.onsuccess = () => resolve(request.result)
    })
    const request = db.transaction('sealed').objectStore('sealed').get('portfolio')
    await new Promise((resolve) => {
      request.onsuccess = resolve
    })
    db.close()
    return {
      text: new TextDecoder('latin1').decode(request.result.bytes),
      local: { ...localStorage },
    }
  })
  expect(kept.text.slice(0, 8)).toBe('rootmark')
  expect(kept.text).not.toMatch(/Ada|Course|did:/)
  expect(JSON.stringify(kept.local)).not.toMatch(/Ada|Course|did:/)
  // A pathway as a picture of what is done and what is missing.
  await page.getByRole('button', { name: 'Look for pathways of my issuers' }).click()
  await page.getByRole('button', { name: 'Follow: Certificate in Data Practice' }).click()
  const wall = page.getByRole('img', {
    name: 'A wall that is being built: 2 of 3 bricks are laid.',
  })
  await wall.waitFor()
  expect(await page.locator('.path .missing + .lacks li').allTextContents()).toEqual([
    '2 more ECTS',
  ])
  await page.getByRole('button', { name: 'Make a key' }).click()
  await page.locator('.did code').waitFor()
  expect(await page.locator('.did code').textContent()).toMatch(/^did:key:z6Mk/)
  await page.getByRole('checkbox', { name: /Course statistics/ }).check()
  await page.getByRole('checkbox', { name: /Welding/ }).check()
  await page.getByLabel('What for').fill('Application as analyst')
  await page.getByLabel(/^For whom/).fill('https://employer.example')
  await page.getByRole('button', { name: 'Make the presentation' }).click()
  const link = await page.getByLabel('The link', { exact: true }).inputValue()
  expect(link).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/presentation#p=1\./)
  const packed = link.slice(link.indexOf('#p=') + 3)
  const text = await unpackText(packed, { characters: 60_000, bytes: 1_048_576 })
  // What the other side sees of it.
  const [seen] = await Promise.all([
    page.context().waitForEvent('page'),
    page.getByRole('link', { name: 'See what they will see' }).click(),
  ])
  await seen.locator('#whole .headline').waitFor()
  expect(await seen.locator('.credentials > li').count()).toBe(2)
  expect(await seen.getByText('Application as analyst').count()).toBeGreaterThan(0)
  await seen.close()
  const verify = async (domain: string) => {
    const verifiablePresentation = JSON.parse(text) as JsonObject
    const json = { verifiablePresentation, options: { domain } }
    return (await stage.ask('POST /presentations/verify', { json })).body
  }
  expect((await verify('https://employer.example')).verified).toBe(true)
  expect((await verify('https://other.example')).verified).toBe(false)
  expect(asked.filter((body) => /Ada|credentialSubject/.test(body))).toEqual([])
  expect(faults).toEqual([])
  // Closed and opened again, with the wrong passphrase first.
  await page.reload()
  await page.getByLabel('Your passphrase').fill('seven grey herons at dusk')
  await page.keyboard.press('Enter')
  await page.getByText('That is not the passphrase.').waitFor()
  await page.getByLabel('Your passphrase').fill(passphrase)
  await page.keyboard.press('Enter')
  await settled(page, 3)
  await leave()
})

test('a question is answered with the credentials that meet it, by keyboard alone', async () => {
  const requirement = parseRequirement({
    format: 'rootmark-requirement-1',
    name: 'Data analyst, junior',
    every: { issuers: 'any' },
    rule: { credits: 4 },
  })
  const challenge = 'Zm9yIG9uZSBhbnN3ZXI_only'
  const domain = 'https://employer.example'
  const question = { requirement, challenge, domain, until: undefined }
  const { page, leave } = await open(`/portfolio#${await questionFragment(question)}`)
  await page.getByText('Open your portfolio to see').waitFor()
  expect(new URL(page.url()).hash).toBe('')
  await start(page)
  expect(await page.getByRole('button', { name: /^Choose these credentials/ }).isDisabled()).toBe(
    true,
  )
  await add(page, ...both())
  await settled(page, 2)
  await page.getByLabel('E-mail address that issuers know you by').fill(email)
  await page.keyboard.press('Enter')
  await page.getByText('It is kept.').waitFor()
  await page.getByRole('button', { name: 'Make a key' }).focus()
  await page.keyboard.press('Enter')
  await page.locator('.did code').waitFor()
  await page.getByText('Your credentials meet it').waitFor()
  await page.getByRole('button', { name: /^Choose these credentials/ }).focus()
  await page.keyboard.press('Enter')
  await expect.poll(() => page.locator('.choices input:checked').count()).toBe(2)
  await page.getByLabel('What for').focus()
  await page.keyboard.press('Enter')
  const link = await page.getByLabel('The link', { exact: true }).inputValue()
  expect(link).toMatch(/&r=1\./)
  const [packed = ''] = link.slice(link.indexOf('#p=') + 3).split('&')
  const text = await unpackText(packed, { characters: 60_000, bytes: 1_048_576 })
  const match = async (options: object) => {
    const verifiablePresentation = JSON.parse(text) as JsonObject
    const json = { verifiablePresentation, requirement: requirement.document, options }
    return (await stage.ask('POST /verify/match', { json })).body
  }
  const options = { challenge, domain, person: { email } }
  expect(await match(options)).toMatchObject({ verdict: 'valid', outcome: 'met' })
  const replayed = await match({ ...options, domain: 'https://other.example' })
  expect(replayed).toMatchObject({ verdict: 'invalid', reason: 'domain_mismatch' })
  await leave()
})

test('a copy is saved as one file, everything is deleted after a question, and the copy opens elsewhere', async () => {
  const { page, leave } = await open()
  await start(page)
  await add(page, ...both())
  await settled(page, 2)
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save a copy as a file' }).click(),
  ])
  const copy = await readFile(await download.path())
  expect(copy.toString('latin1')).not.toContain('Course')
  // Another window changes it: this one does not write over that.
  const second = await page.context().newPage()
  await second.goto(`${site.url}/portfolio`)
  await second.getByLabel('Your passphrase').fill(passphrase)
  await second.keyboard.press('Enter')
  await settled(second, 2)
  await second.getByRole('button', { name: 'Remove: Course charts' }).click()
  await second.getByRole('button', { name: 'Remove it from here' }).click()
  await settled(second, 1)
  await page.getByRole('button', { name: 'Make a key' }).click()
  await page.getByText('The portfolio was changed in another window').waitFor()
  expect(await page.locator('portfolio-shelf').count()).toBe(0)
  await page.getByRole('button', { name: 'Delete everything …' }).click()
  await page.getByRole('button', { name: 'Delete it' }).click()
  await page.getByText('The portfolio is deleted.').waitFor()
  await page
    .locator('portfolio-gate input[type=file]')
    .setInputFiles(fileOf('x.rootmark', copy.subarray(0, -5)))
  await page.getByLabel('Your passphrase').fill(passphrase)
  await page.keyboard.press('Enter')
  await page.getByText('The file is damaged').waitFor()
  await page.getByRole('button', { name: 'Back' }).click()
  await page.locator('portfolio-gate input[type=file]').setInputFiles(fileOf('x.rootmark', copy))
  await page.getByLabel('Your passphrase').fill(passphrase)
  await page.keyboard.press('Enter')
  await settled(page, 2)
  await leave()
})

test('a credential is added from its own page after a question, once in whatever form, and the page closes when it is left alone', async () => {
  const { body } = await stage.ask(`POST /credentials/${ids[0]}/links`, { key: stage.key })
  const { pathname } = new URL(body.url)
  pass(pathname)
  const { page, leave } = await open(`/portfolio#add=${pathname}`)
  await start(page)
  await page.getByRole('button', { name: 'Add the credential' }).click()
  await settled(page, 1)
  expect(await page.locator('.held h3').textContent()).toBe('Course statistics')
  // The same one in an image and in a PDF is the same.
  const forms = await Promise.all(
    ['badge.svg', 'credential.pdf'].map(async (form) => {
      const { bytes } = await stage.ask(`GET /credentials/${ids[0]}/${form}`)
      return fileOf(form, Buffer.from(bytes))
    }),
  )
  await add(page, ...forms)
  await page.getByText('Here already: 2 documents.').waitFor()
  // Left alone, it closes itself.
  await page.clock.install()
  await page.keyboard.press('Shift')
  await page.clock.fastForward('15:01')
  await page.getByText('because nothing happened for a quarter of an hour').waitFor()
  expect(await page.locator('portfolio-desk').count()).toBe(0)
  await leave()
  // Only this site's credentials are fetched at the word of a link.
  const led = await open('/portfolio#add=//attacker.example/c/x')
  await start(led.page)
  expect(await led.page.getByRole('button', { name: 'Add the credential' }).count()).toBe(0)
  await led.leave()
})

test('the pathway of an award is offered, and not fetched from the visitor’s own network', async () => {
  const foreign = await signerOf(5)
  const id = 'http://127.0.0.1:1/pathways/x'
  const digestMultibase = 'uEiC6eBa_j9Cgq4AaP3K0i0FhXuOeMs9VeXdbeG2FOR3Z1A'
  const award = badgeBy(foreign.did, {
    termsOfUse: [{ id, type: 'urn:rootmark:pathway:award-stands' }],
    relatedResource: [{ id, digestMultibase }],
  })
  const { page, leave } = await open()
  const origins = new Set<string>()
  page.on('request', (request) => origins.add(new URL(request.url()).origin))
  await start(page)
  await add(page, fileOf('award.json', JSON.stringify(await sign(award, foreign))))
  await page.getByRole('button', { name: /^Follow: Welding/ }).click()
  await page.getByText('It leads into a private network').waitFor()
  expect([...origins]).not.toContain('http://127.0.0.1:1')
  await leave()
})

test.each([
  ['light', 1280, 0],
  ['dark', 320, 1],
] as const)(
  '%s at %d pixels has no barrier and no sideways scrolling, in any language',
  async (colorScheme, width, turn) => {
    const { page, faults, leave } = await open('/portfolio', {
      colorScheme,
      viewport: { width, height: 800 },
    })
    await page.locator('portfolio-gate form').waitFor()
    expect(await findingsIn(page, width, turn)).toEqual([])
    await start(page)
    const foreign = await signerOf(5)
    const long = await sign(badgeBy(foreign.did, { id: `urn:x:${'y'.repeat(300)}` }), foreign)
    await add(page, ...both(), fileOf('badge.json', JSON.stringify(long)))
    await settled(page, 3)
    await page.locator('portfolio-shelf textarea').fill(pathway)
    await page.locator('portfolio-shelf form button').click()
    await page.locator('.wall').waitFor()
    await page.locator('portfolio-keep .buttons button').first().click()
    await page.locator('.did code').waitFor()
    await page.locator('.choices input').first().check()
    await page.locator('input[name=purpose]').fill('x')
    await page.locator('portfolio-share form > button').click()
    await page.locator('.made').waitFor()
    for (const summary of await page.locator('summary').all()) await summary.click()
    expect(await findingsIn(page, width, turn + 1)).toEqual([])
    expect(faults).toEqual([])
    await leave()
  },
)
