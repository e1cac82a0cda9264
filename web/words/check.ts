import { speak } from '../language.ts'
import type { Check } from '../messages/en/check.ts'

/** Texts of the page that takes a credential. */
export const check = await speak<Check>({
  en: () => import('../messages/en/check.ts'),
  de: () => import('../messages/de/check.ts'),
  fr: () => import('../messages/fr/check.ts'),
  es: () => import('../messages/es/check.ts'),
  ar: () => import('../messages/ar/check.ts'),
  ja: () => import('../messages/ja/check.ts'),
})
