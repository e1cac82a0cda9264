import { speak } from '../language.ts'
import type { Portfolio } from '../messages/en/portfolio.ts'

/** Texts of the page where a holder keeps credentials. */
export const portfolio = await speak<Portfolio>({
  en: () => import('../messages/en/portfolio.ts'),
  de: () => import('../messages/de/portfolio.ts'),
  fr: () => import('../messages/fr/portfolio.ts'),
  es: () => import('../messages/es/portfolio.ts'),
  ar: () => import('../messages/ar/portfolio.ts'),
  ja: () => import('../messages/ja/portfolio.ts'),
})

/** A trouble in the words of the page, by its code; `undefined` where core's own sentence has to do. */
export function troubleOf(code: string): string | undefined {
  const troubles: Readonly<Record<string, string>> = portfolio().troubles
  return Object.hasOwn(troubles, code) ? troubles[code] : undefined
}
