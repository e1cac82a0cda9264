import { speak } from '../language.ts'
import type { Issuer } from '../messages/en/issuer.ts'

/** Texts of the page with the batch log of an issuer. */
export const issuer = await speak<Issuer>({
  en: () => import('../messages/en/issuer.ts'),
  de: () => import('../messages/de/issuer.ts'),
  fr: () => import('../messages/fr/issuer.ts'),
  es: () => import('../messages/es/issuer.ts'),
  ar: () => import('../messages/ar/issuer.ts'),
  ja: () => import('../messages/ja/issuer.ts'),
})
