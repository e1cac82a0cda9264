import { speak } from '../language.ts'
import type { Presentation } from '../messages/en/presentation.ts'

/** Texts of the page that checks what somebody presents. */
export const presentationWords = await speak<Presentation>({
  en: () => import('../messages/en/presentation.ts'),
  de: () => import('../messages/de/presentation.ts'),
  fr: () => import('../messages/fr/presentation.ts'),
  es: () => import('../messages/es/presentation.ts'),
  ar: () => import('../messages/ar/presentation.ts'),
  ja: () => import('../messages/ja/presentation.ts'),
})
