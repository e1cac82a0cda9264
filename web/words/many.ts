import { speak } from '../language.ts'
import type { Many } from '../messages/en/many.ts'

/** Texts of the table of many credentials. */
export const many = await speak<Many>({
  en: () => import('../messages/en/many.ts'),
  de: () => import('../messages/de/many.ts'),
  fr: () => import('../messages/fr/many.ts'),
  es: () => import('../messages/es/many.ts'),
  ar: () => import('../messages/ar/many.ts'),
  ja: () => import('../messages/ja/many.ts'),
})
