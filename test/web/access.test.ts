import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { violations } from './axe.ts'
import { type Desk, openDesk } from './desk.ts'
import { makeStates, type State, stateOf } from './states.ts'
import { type Visitor, verify, visit } from './visitor.ts'

let desk: Desk
let states: readonly State[]

beforeAll(async () => {
  desk = await openDesk()
  states = await makeStates(desk)
}, 180_000)

afterAll(() => desk?.close())

/** Every part that can be opened, opened. */
async function openAll({ page }: Visitor): Promise<void> {
  const closed = page.locator('details:not([open]) > summary')
  while ((await closed.count()) > 0) await closed.first().click()
}

describe.each(['light', 'dark'] as const)('in %s', (colorScheme) => {
  test('no state breaks a rule of WCAG 2.2 AA that a machine can test', async () => {
    const visitor = await visit(desk, '/check', { colorScheme })
    await visitor.page.locator('chain-endpoint details').waitFor()
    expect({ empty: await violations(visitor.page) }).toEqual({ empty: [] })
    for (const state of states) {
      await verify(visitor, state)
      await openAll(visitor)
      expect({ [state.name]: await violations(visitor.page) }).toEqual({ [state.name]: [] })
    }
    expect(visitor.faults).toEqual([])
    await visitor.leave()
  })
})

test('nothing is wider than a screen of 320 px', async () => {
  const visitor = await visit(desk, '/check', { viewport: { width: 320, height: 640 } })
  const widthOf = () => visitor.page.evaluate(() => document.documentElement.scrollWidth)
  await visitor.page.locator('chain-endpoint details').waitFor()
  expect({ empty: await widthOf() }).toEqual({ empty: 320 })
  for (const state of states) {
    await verify(visitor, state)
    await openAll(visitor)
    expect({ [state.name]: await widthOf() }).toEqual({ [state.name]: 320 })
    const clipped = await visitor.page.locator('check-page').evaluate((element) => {
      const wide = (root: ParentNode): string[] =>
        [...root.querySelectorAll('*')].flatMap((node) => [
          ...(node.getBoundingClientRect().right > 321 && !node.closest('svg')
            ? [node.outerHTML]
            : []),
          ...(node.shadowRoot ? wide(node.shadowRoot) : []),
        ])
      return wide(element.shadowRoot as ShadowRoot)
    })
    expect(clipped).toEqual([])
  }
  await visitor.leave()
})

test('by keyboard alone: paste, check, read the verdict, open the evidence, name an endpoint', async () => {
  const visitor = await visit(desk)
  const { page } = visitor
  await page.locator('chain-endpoint details').waitFor()
  const { keyboard } = page
  await keyboard.press('Tab')
  expect(await focused(page)).toContain('Deutsch')
  await keyboard.press('Tab')
  expect(await focused(page)).toContain('file')
  for (const way of ['folder', 'Scan a code', 'text']) {
    await keyboard.press('Tab')
    expect(await focused(page)).toContain(way)
  }
  await keyboard.insertText(stateOf(states, 'valid').input)
  await keyboard.press('Tab')
  expect(await focused(page)).toContain('Check it')
  await keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Genuine' }).waitFor()
  await expect.poll(() => focused(page)).toContain('Valid')
  while (!(await focused(page)).includes('Evidence for experts')) await keyboard.press('Tab')
  await keyboard.press('Enter')
  expect(await page.locator('details.evidence').getAttribute('open')).not.toBeNull()
  await keyboard.press('Tab')
  expect(await focused(page)).toContain('Chain endpoint')
  await keyboard.press('Enter')
  await keyboard.press('Tab')
  await keyboard.press('Tab')
  expect(await focused(page)).toContain('url')
  await visitor.leave()
})

test('what is going on and the verdict are spoken', async () => {
  const visitor = await visit(desk)
  const spoken = visitor.page.locator('[aria-live=polite]')
  expect(await spoken.textContent()).toBe('')
  for (const [name, said] of [
    ['revoked', 'Not valid: Revoked by the issuer.'],
    ['other-chain', 'Could not check: No endpoint is known for its chain.'],
    ['malformed', 'Nothing to check: This is not readable JSON.'],
  ] as const) {
    await verify(visitor, stateOf(states, name))
    expect(await spoken.textContent()).toBe(said)
  }
  await visitor.leave()
})

test('on paper: the report without the forms', async () => {
  const visitor = await visit(desk)
  await verify(visitor, stateOf(states, 'valid'))
  await visitor.page.emulateMedia({ media: 'print' })
  expect(await visitor.page.locator('credential-intake').isVisible()).toBe(false)
  expect(await visitor.page.locator('chain-endpoint').isVisible()).toBe(false)
  expect(await visitor.page.locator('section.verdict').isVisible()).toBe(true)
  await visitor.leave()
})

/** Text, name or id of what has the focus, through every shadow root. */
function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    let active = document.activeElement
    while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement
    return `${active?.id} ${active?.textContent}`
  })
}
