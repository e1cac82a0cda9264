import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'

const axe = readFile(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8')

/**
 * Languages in which the page is wider than it should be, and rules that it breaks in some of them: the `turn` says in which, so that
 * states that are looked at one after another come to all. It ends in the language it began with.
 */
export async function findingsIn(page: Page, width: number, turn: number): Promise<string[]> {
  const found: string[] = []
  const choice = page.getByRole('combobox').first()
  const first = await choice.inputValue()
  const values = await choice
    .locator('option')
    .evaluateAll((all) => all.map((each) => (each as HTMLOptionElement).value))
  const tags = [...values.filter((tag) => tag !== first), first]
  if (tags.length < 6) found.push(`it speaks ${tags.length} languages`)
  for (const [i, tag] of tags.entries()) {
    await choice.selectOption(tag)
    await page.locator(`html[lang=${tag}]`).waitFor({ state: 'attached' })
    const wide = await page.evaluate(() => document.documentElement.scrollWidth)
    if (wide !== width) found.push(`${tag}: ${wide} px wide`)
    if (i % 3 !== turn % 3) continue
    found.push(...(await violations(page)).map((each) => `${tag}: ${each}`))
  }
  return found
}

/** Rules that the page breaks, with the places. */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(await axe)
  return page.evaluate(async () => {
    const { axe: tester } = globalThis as unknown as {
      axe: { run: (options: object) => Promise<{ violations: Violation[] }> }
    }
    interface Violation {
      id: string
      nodes: { html: string }[]
    }
    const { violations: found } = await tester.run({
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    })
    return found.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`)
  })
}
