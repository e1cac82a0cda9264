import type { BrowserContextOptions, Locator, Page } from 'playwright-core'
import type { Desk } from './desk.ts'
import type { State } from './states.ts'

/** A person at the page, and what the browser noticed meanwhile. */
export interface Visitor {
  readonly page: Page
  /** Origins that anything was asked of. */
  readonly origins: Set<string>
  /** Violations of the policy, errors of the page. */
  readonly faults: string[]
  readonly leave: () => Promise<void>
}

export async function visit(
  { browser, site }: Desk,
  path = '/check',
  options: BrowserContextOptions = {},
): Promise<Visitor> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    reducedMotion: 'reduce',
    locale: 'en-GB',
    ...options,
  })
  const page = await context.newPage()
  const origins = new Set<string>()
  const faults: string[] = []
  page.on('request', (request) => origins.add(new URL(request.url()).origin))
  page.on('pageerror', (error) => faults.push(error.message))
  page.on('console', (message) => {
    if (/Content Security Policy|violat/i.test(message.text())) faults.push(message.text())
  })
  await page.goto(`${site.url}${path}`)
  return { page, origins, faults, leave: () => context.close() }
}

export async function paste({ page }: Visitor, text: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Paste its JSON or its link' }).fill(text)
  await page.getByRole('button', { name: 'Check it' }).click()
}

export async function chooseFile(
  { page }: Visitor,
  name: string,
  content: string | Buffer,
): Promise<void> {
  await page
    .locator('input#file')
    .setInputFiles({ name, mimeType: 'application/json', buffer: Buffer.from(content) })
}

/** The verdict's word, headline and sentence, once it has settled. */
export async function verdictOf({ page }: Visitor) {
  const panel = page.locator('section.verdict:not(.checking)')
  await panel.waitFor()
  const textOf = async (locator: Locator) =>
    ((await locator.textContent()) ?? '').replace(/\s+/g, ' ').trim()
  return {
    word: await textOf(panel.locator('.word')),
    headline: await textOf(panel.locator('.headline')),
    text: await textOf(panel),
    look: (await panel.getAttribute('class'))?.replace('verdict ', ''),
  }
}

/** Name and outcome of the eight checks. */
export async function checksOf({ page }: Visitor): Promise<Record<string, string>> {
  const rows = await page
    .locator('li.check')
    .evaluateAll((items) =>
      items.map((item) => [
        item.getAttribute('data-check') ?? '',
        item.className.replace('check ', ''),
      ]),
    )
  return Object.fromEntries(rows)
}

/** Pastes what a state hands in, and waits for the headline it must get. */
export async function verify(
  visitor: Visitor,
  { input, headline }: Pick<State, 'input' | 'headline'>,
): Promise<void> {
  await paste(visitor, input)
  await visitor.page.locator('.verdict .headline', { hasText: headline }).waitFor()
}

/** Drops a file on the page, away from the field for it. */
export async function dropFile(
  { page }: Visitor,
  name: string,
  content: string | Buffer,
): Promise<void> {
  await page.locator('credential-intake').waitFor()
  const transfer = await page.evaluateHandle(
    ([fileName, bytes]) => {
      const data = new DataTransfer()
      data.items.add(new File([Uint8Array.from(bytes)], fileName, { type: 'application/json' }))
      return data
    },
    [name, [...Buffer.from(content)]] as const,
  )
  await page.dispatchEvent('check-page', 'drop', { dataTransfer: transfer })
}
