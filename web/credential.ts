import { html, nothing, type TemplateResult } from 'lit'
import type { CredentialSummary, Report } from '../core/report.ts'
import { webLink } from './link.ts'
import { moment, momentOf } from './moment.ts'
import { around, prose, shown, visible } from './text.ts'
import { webUrl } from './web-url.ts'
import { report as texts } from './words/report.ts'

const words = () => texts().credential

/** A credential within its size limit can name thousands. */
const maxSkills = 100

/** What the credential says, and how much of that is confirmed. Every text in it is untrusted. */
export function credentialView(
  report: Report,
  content?: Uint8Array | string,
): TemplateResult | typeof nothing {
  const { credential, checks } = report
  if (!credential) return nothing
  const holds = (wanted: string) =>
    checks.some(({ name, outcome }) => name === wanted && outcome === 'valid')
  const anchored = holds('integrity')
  const confirmed = anchored || (holds('signature') && holds('issuer'))
  const standing = anchored ? words().confirmed : words().confirmedBySignature
  return html`<section class="credential" aria-labelledby="credential">
    <h2 id="credential">${words().title}</h2>
    <article class=${confirmed ? 'confirmed' : 'unconfirmed'}>
      <p class="standing">${confirmed ? standing : words().unconfirmed}</p>
      ${credential.achievementType ? html`<p class="type">${shown(typeName(credential.achievementType), 80)}</p>` : nothing}
      <p class="achievement">${shown(credential.name)}</p>
      ${credential.description ? prose(credential.description) : nothing}
      <badge-picture .content=${content}></badge-picture>
      <dl>
        ${fact(words().holder, credential.holder ? shown(credential.holder) : words().holderUnnamed)}
        ${issuerView(credential, report)} ${levelView(credential)} ${skillsView(credential)}
        ${credential.credits === undefined ? nothing : fact(words().credits, String(credential.credits))}
        ${credential.result ? fact(words().result, shown(credential.result)) : nothing}
        ${fact(words().validity, validityOf(credential))} ${criteriaView(credential)}
        ${endorsementsView(report)}
      </dl>
    </article>
  </section>`
}

function fact(term: string, content: unknown): TemplateResult {
  return html`<div>
    <dt>${term}</dt>
    <dd>${content}</dd>
  </div>`
}

/** The name that an accreditor recorded comes first; what the credential says of its own issuer is labelled so. */
function issuerView(
  { issuer }: CredentialSummary,
  { accreditation, checks }: Report,
): TemplateResult {
  const stated = issuer.name ?? issuer.id
  const log = checks.some(({ name, outcome }) => name === 'issuer' && outcome === 'valid')
    ? logLink(issuer.id)
    : nothing
  if (!accreditation) {
    return fact(
      words().issuer,
      html`<p>${webLink(stated, issuer.url)}</p>
        ${issuer.name ? html`<p class="aside">${shown(issuer.id)}</p>` : nothing}
        <p class="aside">${words().statedOnly}</p>
        ${log}`,
    )
  }
  const accreditors = accreditation.accreditors.map(({ name }) => visible(name)).join(', ')
  const same = visible(stated).trim() === visible(accreditation.issuerName).trim()
  return fact(
    words().issuer,
    html`<p class="accredited">${shown(accreditation.issuerName)}</p>
      <p class="aside">${words().accredited(accreditors)}</p>
      <p>${words().stated}: ${webLink(stated, issuer.url)}</p>
      ${same ? nothing : html`<p class="differs">${words().differs}</p>`}
      ${log}`,
  )
}

/** Where the issuer is named by this very site, its page is here too. */
function logLink(did: string): TemplateResult | typeof nothing {
  const own = `did:web:${location.host.replace(':', '%3A')}:issuers:`
  const slug = did.startsWith(own) ? did.slice(own.length) : ''
  if (!/^[a-z0-9-]+$/.test(slug)) return nothing
  return html`<p><a href=${`./issuers/${slug}`}>${words().log}</a></p>`
}

/** Levels of the European Qualifications Framework, which are stated as alignments. */
const eqfLevel = /^https?:\/\/data\.europa\.eu\/snb\/eqf\/([1-8])$/

function levelView({ skills }: CredentialSummary): TemplateResult | typeof nothing {
  const levels = skills.flatMap(({ url }) => eqfLevel.exec(url)?.[1] ?? [])
  return levels.length === 0 ? nothing : fact(words().level, words().eqf(levels.join(', ')))
}

function skillsView(credential: CredentialSummary): TemplateResult | typeof nothing {
  const skills = credential.skills.filter(({ url }) => !eqfLevel.test(url))
  if (skills.length === 0) return nothing
  return fact(
    words().skills,
    html`<ul class="skills">
      ${skills.slice(0, maxSkills).map(
        ({ name, url, framework }) =>
          html`<li>
            ${webLink(name, url)} ${framework ? html`<small>${shown(framework, 60)}</small>` : nothing}
          </li>`,
      )}
      ${skills.length > maxSkills ? html`<li class="aside">${words().moreSkills(skills.length - maxSkills)}</li>` : nothing}
    </ul>`,
  )
}

/** Each with how it came out by itself: the endorser's name is its own word. */
function endorsementsView({ endorsements }: Report): TemplateResult | typeof nothing {
  if (endorsements.length === 0) return nothing
  return fact(
    words().endorsements,
    html`<ul class="skills">
      ${endorsements.map(
        ({ endorser, comment, verdict }) =>
          html`<li>
            ${shown(endorser.name ?? endorser.id ?? words().endorserUnnamed)}
            <small>${words().endorsement[verdict]}</small>
            ${comment ? prose(comment) : nothing}
          </li>`,
      )}
    </ul>`,
  )
}

function criteriaView({ criteria }: CredentialSummary): TemplateResult | typeof nothing {
  if (!criteria) return nothing
  return fact(words().criteria, webUrl(criteria) ? webLink(criteria, criteria) : prose(criteria))
}

function validityOf({ validFrom, validUntil }: CredentialSummary): unknown {
  const from = validFrom ? momentOf(validFrom) : words().noStart
  return validUntil === undefined
    ? words().validFrom(from)
    : around((until) => words().validBetween(from, until), moment(validUntil))
}

/** `MicroCredential` → `Micro Credential`. */
function typeName(type: string): string {
  return type.replace(/^ext:/, '').replace(/(?<=[a-z])(?=[A-Z])/g, ' ')
}
