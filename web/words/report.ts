import { speak } from '../language.ts'
import type { Look } from '../look.ts'
import type { Report } from '../messages/en/report.ts'
import { wordedAs } from './alike.ts'

/** Texts of a report, loaded with what makes one. */
export const report = await speak<Report>({
  en: () => import('../messages/en/report.ts'),
  de: () => import('../messages/de/report.ts'),
  fr: () => import('../messages/fr/report.ts'),
  es: () => import('../messages/es/report.ts'),
  ar: () => import('../messages/ar/report.ts'),
  ja: () => import('../messages/ja/report.ts'),
})

/** Headline and next step of a verdict's reason; `undefined` where there is none and core's sentence stands alone. */
export function explain(reason: string): { headline: string; next: string } | undefined {
  const reasons: Readonly<Record<string, { headline: string; next: string }>> = report().reasons
  const name = wordedAs(reason)
  return Object.hasOwn(reasons, name) ? reasons[name] : undefined
}

/** The word for a look, large enough to be read in two seconds. */
export function wordOf(look: Look): string {
  const { verdicts, looks: special } = report()
  if (look === 'trial') return verdicts.valid
  return look in special
    ? special[look as keyof typeof special]
    : verdicts[look as keyof typeof verdicts]
}
