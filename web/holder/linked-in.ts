import type { CredentialSummary } from '../../core/report.ts'
import { visible } from '../text.ts'

/** Where LinkedIn takes a certification for one's profile; it is filled in there, and saved by the visitor. */
export function linkedInUrl(
  { name, issuer, validFrom, validUntil, id }: CredentialSummary,
  url: string,
): string {
  const target = new URL('https://www.linkedin.com/profile/add')
  const set = (key: string, value: string | number | undefined) => {
    if (value !== undefined && value !== '') target.searchParams.set(key, String(value))
  }
  const from = new Date(validFrom)
  const until = new Date(validUntil ?? Number.NaN)
  set('startTask', 'CERTIFICATION_NAME')
  set('name', visible(name).slice(0, 200))
  set('organizationName', visible(issuer.name ?? '').slice(0, 200))
  for (const [prefix, date] of [['issue', from] as const, ['expiration', until] as const]) {
    if (Number.isNaN(date.getTime())) continue
    set(`${prefix}Year`, date.getUTCFullYear())
    set(`${prefix}Month`, date.getUTCMonth() + 1)
  }
  set('certUrl', url)
  set('certId', id.replace(/^urn:uuid:/, '').slice(0, 100))
  return target.href
}
