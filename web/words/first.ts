import { type Loaders, language } from '../language.ts'
import type { Check } from '../messages/en/check.ts'
import type { Site } from '../messages/en/site.ts'

/** Where the texts are that every page may need. */
export const siteTexts: Loaders<Site> = {
  en: () => import('../messages/en/site.ts'),
  de: () => import('../messages/de/site.ts'),
  fr: () => import('../messages/fr/site.ts'),
  es: () => import('../messages/es/site.ts'),
  ar: () => import('../messages/ar/site.ts'),
  ja: () => import('../messages/ja/site.ts'),
}

/** Where the texts of the page are that takes a credential. */
export const checkTexts: Loaders<Check> = {
  en: () => import('../messages/en/check.ts'),
  de: () => import('../messages/de/check.ts'),
  fr: () => import('../messages/fr/check.ts'),
  es: () => import('../messages/es/check.ts'),
  ar: () => import('../messages/ar/check.ts'),
  ja: () => import('../messages/ja/check.ts'),
}

/** Asks for texts ahead of the page that shows them, which would ask for one after the other. */
export function askFor(...texts: readonly Loaders<unknown>[]): void {
  // Where one does not come, the page says so.
  for (const loaders of texts) loaders[language()]().catch(() => undefined)
}
