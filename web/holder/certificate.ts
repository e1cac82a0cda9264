import { html, nothing, type TemplateResult } from 'lit'
import type { Report } from '../../core/report.ts'
import { rosette } from '../../core/rosette.ts'
import { momentOf } from '../moment.ts'
import type { Run } from '../run.ts'
import { prose, shown } from '../text.ts'
import { holder } from '../words/holder.ts'

const petals = 40
const longName = 40

/** The credential as a sheet, with what the check has come to. Every text in it is untrusted; nothing is loaded for it. */
export function certificateView(run: Run): TemplateResult | typeof nothing {
  const words = holder().certificate
  const credential = run.report?.credential
  if (!credential) return nothing
  const { accreditation, verdict, anchor } = run.report as Report
  // What is anchored on a test network passes, and proves nothing about the world.
  const standing = verdict === 'valid' && anchor?.testNetwork ? 'trial' : verdict
  const issuer = accreditation?.issuerName ?? credential.issuer.name ?? credential.issuer.id
  const kind = credential.achievementType?.replace(/^ext:/, '').replace(/(?<=[a-z])(?=[A-Z])/g, ' ')
  const name = credential.holder ?? words.unnamed
  return html`<article class="sheet ${standing}">
    <svg class="engraving" viewBox="-50 -50 100 100" aria-hidden="true">
      <path d=${rosette(30, 48, petals, 4)} />
      <path d=${rosette(6, 27, petals / 2, 3)} />
    </svg>
    <p class="standing">${words.standing[standing]}</p>
    <p class=${name.length > longName ? 'name long' : 'name'}>${shown(name)}</p>
    <p class="awarded">${words.awarded}</p>
    <p class="achievement">${shown(credential.name)}</p>
    ${kind ? html`<p class="kind">${shown(kind, 80)}</p>` : nothing}
    ${credential.description ? prose(credential.description) : nothing}
    <p class="issuer">${words.by} <strong>${shown(issuer)}</strong></p>
    <p class="issuer-standing">${accreditation ? words.accredited : words.stated}</p>
    <p class="dates">
      ${
        credential.validUntil === undefined
          ? words.from(momentOf(credential.validFrom))
          : words.between(momentOf(credential.validFrom), momentOf(credential.validUntil))
      }
    </p>
  </article>`
}
