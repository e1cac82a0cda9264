import type { BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findingsIn, violations } from './axe.ts'
import { endSome, type IssuerDesk, openIssuerDesk } from './issuer-desk.ts'

const path = '/issuers/northfield'

let desk: IssuerDesk
beforeAll(async () => {
  desk = await openIssuerDesk([5, 0, 4, 3])
  await endSome(desk, 1, 'revoke', 2)
  await endSome(desk, 4, 'withdraw')
  await desk.stage.service.catchUp()
}, 180_000)
afterAll(() => desk?.close())

interface Reader {
  readonly page: Page
  readonly faults: string[]
  readonly origins: Set<string>
  readonly leave: () => Promise<void>
}

async function open(slug = 'northfield', options: BrowserContextOptions = {}): Promise<Reader> {
  const context = await desk.browser.newContext({
    viewport: { width: 1280, height: 900 },
    reducedMotion: 'reduce',
    locale: 'en-GB',
    ...options,
  })
  const page = await context.newPage()
  const faults: string[] = []
  const origins = new Set<string>()
  page.on('pageerror', (error) => faults.push(error.message))
  page.on('console', (message) => {
    if (/Content Security Policy|violat/i.test(message.text())) faults.push(message.text())
  })
  page.on('request', (request) => origins.add(new URL(request.url()).origin))
  await page.goto(`${desk.site.url}/issuers/${slug}`)
  await page.locator('h1').waitFor()
  return {
    page,
    faults,
    origins,
    leave: async () => {
      desk.change.clear()
      await context.close()
    },
  }
}

/** Has the service answer otherwise, as a lie or as what a test cannot bring about. */
// biome-ignore lint/suspicious/noExplicitAny: a log as JSON, in which tests poke
function alter(how: (log: any, url: URL) => void, slug = 'northfield'): void {
  desk.change.set(`/issuers/${slug}/log`, (body, url) => {
    const log = JSON.parse(body)
    how(log, url)
    return JSON.stringify(log)
  })
}

const textOf = async (page: Page, selector: string) =>
  ((await page.locator(selector).first().textContent()) ?? '').replace(/\s+/g, ' ').trim()
const lineOf = (page: Page, sequence: number) => textOf(page, `#batch-${sequence}`)

async function recheck({ page }: Reader): Promise<string> {
  await page.getByRole('button', { name: /^Check a/ }).click()
  await page.locator('.outcome').waitFor()
  return textOf(page, '.outcome')
}

describe('the page of an issuer', () => {
  test('tells what the chain says from what is published, batch by batch', async () => {
    const reader = await open()
    const { page } = reader
    expect(await textOf(page, 'h1')).toBe('Northfield University')
    expect(await page.title()).toBe('Northfield University: batch log · Rootmark')
    expect(await textOf(page, '.source')).toBe('Name confirmed by Demo Quality Agency')
    expect(await textOf(page, '.sources')).toMatch(/4 batches anchored.*3 batches/)
    expect(await textOf(page, '.complete')).toContain('1 batch of the 4')
    expect(await textOf(page, '.accreditation')).toContain('Accredited by Demo Quality Agency')
    expect(await textOf(page, '.figures')).toMatch(/Credentials\s*12.*Revoked\s*2.*in 1 batch\s*3/)
    const numbers = await page
      .locator('.line')
      .evaluateAll((lines) => lines.map((line) => line.getAttribute('data-sequence')))
    expect(numbers).toEqual(['4', '3', '2', '1'])
    expect(await lineOf(page, 4)).toMatch(/3 credentials.*withdrawn/)
    expect(await lineOf(page, 3)).toMatch(/4 credentials.*none ended.*finalized/)
    expect(await lineOf(page, 2)).toContain('Anchored, not published here')
    expect(await lineOf(page, 1)).toMatch(/2 revoked.*accredited then by Demo Quality Agency/)
    // Nobody but the service itself is asked before the reader wants it.
    expect([...reader.origins]).toEqual([desk.site.url])
    expect(reader.faults).toEqual([])
    await reader.leave()
  })

  test('draws the batches in time, and gives the same in numbers', async () => {
    const reader = await open()
    const { page } = reader
    const picture = page.getByRole('img', { name: '12 credentials by the time of their anchor' })
    expect(await picture.locator('rect.revoked').count()).toBe(1)
    expect(await picture.locator('rect.withdrawn').count()).toBe(1)
    await page.getByText('The same in numbers').click()
    expect(await page.locator('tbody tr').count()).toBe(3)
    await reader.leave()
  })

  test('leads to the leaves, and to the explorer where the trust file names one', async () => {
    alter((log) => {
      log.chain.explorer = 'https://explorer.example'
    })
    const reader = await open()
    const { page } = reader
    const leaves = page.locator('#batch-1 a', { hasText: 'Leaves' })
    const address = await leaves.evaluate((link) => (link as HTMLAnchorElement).pathname)
    expect((await desk.stage.ask(`GET ${address}`)).bytes.length).toBe(5 * 32)
    const links = await page
      .locator('a[href^="https://explorer.example/"]')
      .evaluateAll((all) => all.map((link) => link.getAttribute('href')))
    expect(links.filter((link) => link?.includes('/tx/0x'))).toHaveLength(3)
    expect(links.filter((link) => link?.includes('/address/0x'))).toHaveLength(2)
    await reader.leave()
  })
})

describe('checked against the chain by the reader', () => {
  test('an honest log is as the chain has it, and what is not published is named', async () => {
    const reader = await open()
    expect(await recheck(reader)).toMatch(/1 line has a number on the chain.*other 3 lines are/)
    expect(await lineOf(reader.page, 1)).toContain('as the chain has it')
    expect(await lineOf(reader.page, 2)).toContain('the chain counts it')
    expect([...reader.origins].sort()).toEqual(
      [desk.site.url, new URL(desk.stage.chain.url).origin].sort(),
    )
    expect(reader.faults).toEqual([])
    await reader.leave()
  })

  test('every lie of the service shows in its line', async () => {
    const lies = [
      [1, (batch: Record<string, unknown>) => Object.assign(batch, { revoked: 0 }), '2 revoked'],
      [1, (batch: Record<string, unknown>) => Object.assign(batch, { size: 6 }), '5 credentials'],
      [
        1,
        (batch: Record<string, unknown>) => Object.assign(batch, { suspended: 1 }),
        '0 suspended',
      ],
      [
        3,
        (batch: Record<string, unknown>) =>
          Object.assign(batch, { anchoredAt: '2020-01-01T00:00:00Z' }),
        'anchored',
      ],
      [4, (batch: Record<string, unknown>) => delete batch['withdrawnAt'], 'withdrawn'],
      [
        3,
        (batch: Record<string, unknown>) =>
          Object.assign(batch, { withdrawnAt: batch['anchoredAt'] }),
        'not withdrawn',
      ],
      [
        2,
        (batch: Record<string, unknown>, first: object) =>
          Object.assign(batch, first, { sequence: 2 }),
        'number 1',
      ],
      [
        2,
        (batch: Record<string, unknown>, first: object) =>
          Object.assign(batch, first, { sequence: 2, root: `0x${'12'.repeat(32)}` }),
        'no such anchor',
      ],
    ] as const
    for (const [sequence, lie, said] of lies) {
      alter(({ batches }) => lie(batches[4 - sequence], batches[3]))
      const reader = await open()
      expect(await recheck(reader)).toContain('1 line differs')
      const compared = reader.page.locator(`#batch-${sequence} .compared`)
      expect(await compared.textContent()).toContain(said)
      expect(await reader.page.locator('.line.differs, .line.missing').count()).toBe(1)
      await reader.leave()
    }
  })

  test('a log that keeps its newest batches back is found out', async () => {
    alter((log) => {
      log.batches = log.batches.slice(2)
      log.onChain.anchorCount = 2
    })
    const reader = await open()
    expect(await recheck(reader)).toContain('counts 2 newer batches than the log lists')
    await reader.leave()
  })

  test('an endpoint that does not answer says nothing against the log, and another can be named', async () => {
    const reader = await open()
    const { page } = reader
    await page.locator('chain-endpoint summary').click()
    await page.getByLabel('Address of the endpoint').fill('http://127.0.0.1:9')
    await page.getByRole('button', { name: 'Use this endpoint' }).click()
    expect(await recheck(reader)).toContain('Could not check. This says nothing against the log')
    await page.getByRole('button', { name: 'Back to the page’s own' }).click()
    await page.getByRole('button', { name: 'Check again' }).click()
    await page.locator('.outcome.indeterminate').waitFor()
    await reader.leave()
  })
})

describe('when something is missing', () => {
  test('an issuer without anchored batches has an empty log', async () => {
    const reader = await open('empty')
    expect(await textOf(reader.page, '.empty')).toContain('Nothing is anchored yet')
    expect(await textOf(reader.page, '.source')).toBe('As the issuer calls itself')
    expect(await textOf(reader.page, '.accreditation')).toContain('Nobody trusted here vouches')
    expect(await recheck(reader)).toContain('counts no batch of this account')
    await reader.leave()
  })

  test('an issuer that is not there is said not to be', async () => {
    const reader = await open('nobody')
    expect(await textOf(reader.page, 'h1')).toBe('No such issuer here')
    expect(reader.faults).toEqual([])
    await reader.leave()
  })

  test('a service that fails is asked again on request', async () => {
    for (const answer of [() => 500, () => '{"batches": 1}', () => 'no JSON']) {
      desk.change.set(`${path}/log`, answer)
      const reader = await open()
      expect(await textOf(reader.page, 'h1')).toBe('The log could not be read')
      desk.change.clear()
      await reader.page.getByRole('button', { name: 'Try again' }).click()
      await reader.page.getByRole('heading', { name: 'Northfield University' }).waitFor()
      await reader.leave()
    }
  })

  test('a chain that cannot be read leaves completeness open, and an older reading is dated', async () => {
    alter((log) => {
      delete log.onChain
      log.problem = 'chain_unreachable'
    })
    const reader = await open()
    expect(await textOf(reader.page, '.sources')).toContain('It could not be asked')
    expect(await textOf(reader.page, '.complete')).toContain('not known now')
    expect(await textOf(reader.page, '.accreditation')).toContain('nothing against the issuer')
    expect(await reader.page.locator('.line').count()).toBe(4)
    await reader.leave()
    alter((log) => {
      log.problem = 'chain_unreachable'
    })
    const later = await open()
    expect(await textOf(later.page, '.sources')).toMatch(
      /As of block \d+.*cannot be asked just now/,
    )
    await later.leave()
  })

  test.each([
    ['ended', 'Not accredited any more'],
    ['none', 'Nobody trusted here vouches for it'],
    ['not_asked', 'Nobody was asked'],
    ['unread', 'Could not be asked'],
  ])('accreditation that is %s reads %s', async (standing, said) => {
    alter((log) => {
      log.onChain.accreditation = { standing }
    })
    const reader = await open()
    expect(await textOf(reader.page, '.accreditation')).toContain(said)
    expect(await textOf(reader.page, '.source')).toBe('As the issuer calls itself')
    await reader.leave()
  })

  test.each([
    [
      'types: MicroCredential; eqf: 5-6; isced: 0613',
      'type MicroCredential; EQF level 5–6; field 0613',
    ],
    ['Anything a town hall may say', 'For Anything a town hall may say'],
    ['', 'Without limits'],
  ])('an accreditation for %j says what it covers', async (scope, said) => {
    alter((log) => {
      log.onChain.accreditation.scope = scope
    })
    const reader = await open()
    expect(await textOf(reader.page, '.accreditation')).toContain(said)
    await reader.leave()
  })

  test('what others wrote stays text, and hides nothing', async () => {
    alter((log) => {
      log.name = '<img src=x onerror=alert(1)>\u202eytisrevinU'
      log.onChain.accreditation = { standing: 'ended', scope: 'x'.repeat(5000), validFrom: 'soon' }
      log.url = 'javascript:alert(1)'
      log.chain.explorer = 'javascript:alert(1)//'
    })
    const reader = await open('northfield', { viewport: { width: 320, height: 640 } })
    expect(await textOf(reader.page, 'h1')).toContain('<img src=x onerror=alert(1)>ytisrevinU')
    expect(await reader.page.locator('a[href^="javascript:"]').count()).toBe(0)
    expect(await widthOf(reader.page)).toBe(320)
    expect(reader.faults).toEqual([])
    await reader.leave()
  })
})

test('a log of a thousand batches comes in pages and stays quick', async () => {
  alter((log, url) => {
    const before = Number(url.searchParams.get('before') ?? 1001)
    const limit = Number(url.searchParams.get('limit'))
    const model = log.batches.at(-1) ?? { ...thousandth }
    thousandth = model
    const last = before - 1
    const length = Math.min(limit, last)
    log.batches = Array.from({ length }, (_, i) => ({ ...model, sequence: last - i }))
    log.onChain.anchorCount = 1000
    log.published.batches = 1000
    log.next = last - length > 0 ? last - length + 1 : undefined
  })
  const reader = await open()
  const { page } = reader
  expect(await textOf(page, '.complete')).toContain('all 1,000 batches')
  for (const count of [50, 250, 450, 650, 850, 1000]) {
    await expect.poll(() => page.locator('.line').count()).toBe(count)
    if (count === 1000) break
    await page.getByRole('button', { name: /^Show \d+ older/ }).click()
  }
  const numbers = await page
    .locator('.line')
    .evaluateAll((lines) => lines.map((line) => Number(line.getAttribute('data-sequence'))))
  expect(numbers).toEqual(Array.from({ length: 1000 }, (_, i) => 1000 - i))
  expect(await page.getByRole('button', { name: /older/ }).count()).toBe(0)
  await reader.leave()
})
let thousandth: object = {}

test('finality goes on by itself, and back where the chain turns back', async () => {
  const context = await desk.browser.newContext({ locale: 'en-GB' })
  const page = await context.newPage()
  await page.clock.install()
  let finality = 'safe'
  alter((log) => {
    if (finality === 'gone') {
      log.batches.shift()
      log.onChain.anchorCount = 3
    } else log.batches[0].finality = finality
  })
  await page.goto(`${desk.site.url}${path}`)
  await page.locator('#batch-4 .finality', { hasText: 'safe' }).waitFor()
  finality = 'included'
  await page.clock.runFor(16_000)
  await page.locator('#batch-4 .finality', { hasText: 'included' }).waitFor()
  finality = 'gone'
  await page.clock.runFor(16_000)
  await expect.poll(() => page.locator('.line').count()).toBe(3)
  desk.change.clear()
  await context.close()
})

const widthOf = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth)

/** The states that look different. */
async function eachState(
  options: BrowserContextOptions,
  look: (name: string, page: Page) => Promise<void>,
): Promise<void> {
  for (const slug of ['northfield', 'empty', 'nobody']) {
    const reader = await open(slug, options)
    await reader.page
      .locator('details summary')
      .first()
      .waitFor({ timeout: 2_000 })
      .catch(() => {})
    await look(slug, reader.page)
    if (slug === 'northfield') {
      await recheck(reader)
      await reader.page.getByText('The same in numbers').click()
      await reader.page.locator('chain-endpoint summary').click()
      await look('checked', reader.page)
    }
    await reader.leave()
  }
  alter(({ batches }) => Object.assign(batches[0], { size: 9 }))
  const lying = await open('northfield', options)
  await recheck(lying)
  await look('lying', lying.page)
  await lying.leave()
  desk.change.set(`${path}/log`, () => 500)
  const failing = await open('northfield', options)
  await look('failing', failing.page)
  await failing.leave()
}

describe('for everybody', () => {
  test.each(['light', 'dark'] as const)(
    'in %s no state breaks a rule of WCAG 2.2 AA that a machine can test',
    async (colorScheme) => {
      await eachState({ colorScheme }, async (name, page) => {
        expect({ [name]: await violations(page) }).toEqual({ [name]: [] })
      })
    },
  )

  test('nothing is wider than a screen of 320 px, nor breaks a rule, in any language', async () => {
    let turn = 0
    await eachState({ viewport: { width: 320, height: 640 } }, async (name, page) => {
      expect({ [name]: await findingsIn(page, 320, turn++) }).toEqual({ [name]: [] })
    })
  })

  test('by keyboard alone: to the check, its answer and the leaves', async () => {
    const reader = await open()
    const { page } = reader
    await page.locator('chain-endpoint summary').waitFor()
    const focused = () =>
      page.evaluate(() => {
        let element = document.activeElement
        while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement
        return element?.textContent?.trim() ?? ''
      })
    const tabTo = async (text: string) => {
      for (let i = 0; i < 12 && !(await focused()).includes(text); i++)
        await page.keyboard.press('Tab')
      expect(await focused()).toContain(text)
    }
    await tabTo('Check against the chain')
    await page.keyboard.press('Enter')
    await page.locator('.outcome').waitFor()
    expect(await page.locator('[role=status] .outcome').count()).toBe(1)
    await tabTo('Leaves')
    await reader.leave()
  })

  test('on paper there are the facts and no controls', async () => {
    const reader = await open()
    const { page } = reader
    await recheck(reader)
    await page.emulateMedia({ media: 'print' })
    expect(await page.locator('button:visible').count()).toBe(0)
    expect(await page.locator('.outcome').isVisible()).toBe(true)
    expect(await page.locator('.line:visible').count()).toBe(4)
    await reader.leave()
  })
})
