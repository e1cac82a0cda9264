import { speak } from '../language.ts'
import type { Standing } from '../messages/en/standing.ts'

/** Texts of the issuer’s console about changing how credentials stand. */
export const standing = await speak<Standing>({
  en: () => import('../messages/en/standing.ts'),
  de: () => import('../messages/de/standing.ts'),
  fr: () => import('../messages/fr/standing.ts'),
  es: () => import('../messages/es/standing.ts'),
  ar: () => import('../messages/ar/standing.ts'),
  ja: () => import('../messages/ja/standing.ts'),
})
