import { speak } from '../language.ts'
import type { Console } from '../messages/en/console.ts'

/** Texts of the issuer’s console. */
export const consoleWords = await speak<Console>({
  en: () => import('../messages/en/console.ts'),
  de: () => import('../messages/de/console.ts'),
  fr: () => import('../messages/fr/console.ts'),
  es: () => import('../messages/es/console.ts'),
  ar: () => import('../messages/ar/console.ts'),
  ja: () => import('../messages/ja/console.ts'),
})
