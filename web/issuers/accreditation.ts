import { html, nothing, type TemplateResult } from 'lit'
import { formatLevels, readScope } from '../../core/accreditation-scope.ts'
import { momentOf } from '../moment.ts'
import { mark } from '../seal.ts'
import { around, shown } from '../text.ts'
import { issuer } from '../words/issuer.ts'
import { accreditorsOf } from './heading.ts'
import type { Accreditation } from './log.ts'

const words = () => issuer().accreditation

/** Who vouches for the issuer now, by the trust file of the service. */
export function accreditationView(
  accreditation: Accreditation = { standing: 'unread' },
): TemplateResult {
  const { standing, scope } = accreditation
  return html`<section class="accreditation" aria-labelledby="accreditation">
    <h2 id="accreditation">${words().title}</h2>
    <div class="answer ${standing}">
      ${mark(standing === 'accredited' ? 'valid' : standing === 'unread' ? 'indeterminate' : 'skipped')}
      <div>
        <h3>${headline(accreditation)}</h3>
        ${scope === undefined ? nothing : scopeView(scope)}
        ${accreditation.validFrom === undefined ? nothing : html`<p class="aside">${periodOf(accreditation)}</p>`}
        ${note(standing)}
        ${standing === 'not_asked' || standing === 'unread' ? nothing : html`<p class="aside">${words().policy}</p>`}
      </div>
    </div>
  </section>`
}

function headline(accreditation: Accreditation): TemplateResult | string {
  switch (accreditation.standing) {
    case 'accredited':
      return around(words().accredited, shown(accreditorsOf(accreditation)))
    case 'ended':
      return words().ended
    case 'none':
      return words().none
    case 'not_asked':
      return words().notAsked
    default:
      return words().unread
  }
}

function note(standing: Accreditation['standing']): TemplateResult | typeof nothing {
  const notes = {
    accredited: '',
    ended: words().endedNote,
    none: words().noneNote,
    not_asked: words().notAskedNote,
    unread: words().unreadNote,
  }
  return notes[standing] === '' ? nothing : html`<p>${notes[standing]}</p>`
}

/** Limits in words, where the scope is written as format rule 15 has it; else its own words(). */
function scopeView(text: string): TemplateResult {
  const scope = readScope(text)
  if (!scope) return html`<p>${words().scope} ${shown(text)}</p>`
  const { limits } = words()
  const { types, eqf, isced } = scope
  const parts = [
    ...(types ? [limits.types(types.join(', '))] : []),
    ...(eqf ? [limits.eqf(formatLevels(eqf).replaceAll('-', '–'))] : []),
    ...(isced ? [limits.isced(isced.join(', '))] : []),
  ]
  if (parts.length === 0) return html`<p>${limits.none}</p>`
  return html`<p>${words().scope} ${shown(parts.join('; '))}</p>`
}

function periodOf({ validFrom = '', validUntil, withdrawnAt }: Accreditation): string {
  const isOpen = Date.parse(validFrom) === 0
  const period =
    validUntil === undefined
      ? isOpen
        ? ''
        : words().since(momentOf(validFrom))
      : words().between(momentOf(validFrom), momentOf(validUntil))
  const withdrawn = withdrawnAt === undefined ? '' : words().withdrawn(momentOf(withdrawnAt))
  const text = [period, withdrawn].filter((part) => part !== '').join(', ')
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** Who vouched for the issuer when it anchored; nothing where nobody was asked. */
export function accreditedThen(
  accreditation: Accreditation | undefined,
): TemplateResult | typeof nothing {
  if (!accreditation || accreditation.standing === 'not_asked') return nothing
  const { standing } = accreditation
  if (standing === 'accredited') {
    return html`<span class="then">${around(words().atAnchor.accredited, shown(accreditorsOf(accreditation)))}</span>`
  }
  return html`<span class="then mind">${words().atAnchor[standing]}</span>`
}
