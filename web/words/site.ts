import { speak } from '../language.ts'
import type { Site } from '../messages/en/site.ts'

/** Texts that every page may need. */
export const site = await speak<Site>({
  en: () => import('../messages/en/site.ts'),
  de: () => import('../messages/de/site.ts'),
  fr: () => import('../messages/fr/site.ts'),
  es: () => import('../messages/es/site.ts'),
  ar: () => import('../messages/ar/site.ts'),
  ja: () => import('../messages/ja/site.ts'),
})
