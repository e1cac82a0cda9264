import { speak } from '../language.ts'
import type { Requirement } from '../messages/en/requirement.ts'

/** Texts of the page on which somebody asks for credentials. */
export const requirementWords = await speak<Requirement>({
  en: () => import('../messages/en/requirement.ts'),
  de: () => import('../messages/de/requirement.ts'),
  fr: () => import('../messages/fr/requirement.ts'),
  es: () => import('../messages/es/requirement.ts'),
  ar: () => import('../messages/ar/requirement.ts'),
  ja: () => import('../messages/ja/requirement.ts'),
})
