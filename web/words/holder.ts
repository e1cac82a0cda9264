import { speak } from '../language.ts'
import type { Holder } from '../messages/en/holder.ts'

/** Texts of the page of one credential, for its holder and whom the holder shows it. */
export const holder = await speak<Holder>({
  en: () => import('../messages/en/holder.ts'),
  de: () => import('../messages/de/holder.ts'),
  fr: () => import('../messages/fr/holder.ts'),
  es: () => import('../messages/es/holder.ts'),
  ar: () => import('../messages/ar/holder.ts'),
  ja: () => import('../messages/ja/holder.ts'),
})
