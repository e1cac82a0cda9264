import { speak } from '../language.ts'
import type { Admin } from '../messages/en/admin.ts'

/** Texts of the administrator’s part of the console. */
export const adminWords = await speak<Admin>({
  en: () => import('../messages/en/admin.ts'),
  de: () => import('../messages/de/admin.ts'),
  fr: () => import('../messages/fr/admin.ts'),
  es: () => import('../messages/es/admin.ts'),
  ar: () => import('../messages/ar/admin.ts'),
  ja: () => import('../messages/ja/admin.ts'),
})
