import { html, nothing, type TemplateResult } from 'lit'
import type { Achievement } from '../../core/achievement.ts'
import { makeCredential } from '../../core/credential.ts'
import { imageWeight } from '../../core/image-weight.ts'
import type { Learner } from '../../core/learner.ts'
import { rosette } from '../../core/rosette.ts'
import { momentOf } from '../moment.ts'
import { prose, shown } from '../text.ts'
import { consoleWords } from '../words/console.ts'
import { site } from '../words/site.ts'
import type { Session } from './service.ts'

const zeros = '00000000-0000-4000-8000-000000000000'

/** The first learner's credential as the service would make it, but for what it draws: ids and salts are zeros here. */
export function previewOf(
  { issuer, chain }: Session,
  achievement: Achievement,
  learner: Learner,
  validUntil: string | undefined,
) {
  if (!issuer) return undefined
  const terms = {
    batchId: zeros,
    achievement: { ...achievement, id: achievement.id ?? `urn:uuid:${zeros}` },
    issuer: { ...issuer.profile, id: issuer.did },
    account: { chainId: chain.chainId, address: issuer.account },
    registry: chain.registry,
    baseUrl: location.origin,
    validFrom: `${new Date().toISOString().slice(0, 19)}Z`,
    validUntil,
  }
  const draw = { id: `urn:uuid:${zeros}`, statusIndex: 0, identitySalt: new Uint8Array(16) }
  return makeCredential(terms, learner, draw)
}

/** How it will look, and as data. */
export function previewView(
  session: Session,
  achievement: Achievement,
  learner: Learner,
  validUntil: string | undefined,
  size: number,
): TemplateResult {
  const words = consoleWords().preview
  const credential = previewOf(session, achievement, learner, validUntil)
  const until = learner.validUntil ?? validUntil
  const weight = imageWeight(achievement, size)
  const credits = learner.credits ?? achievement.creditsAvailable
  return html`<p class="aside">${words.note}</p>
    <article class="sheet">
      <svg class="engraving" viewBox="-50 -50 100 100" aria-hidden="true"><path d=${rosette(30, 48, 40, 4)} /></svg>
      ${achievement.image ? html`<img src=${achievement.image.id} alt="" width="72" />` : nothing}
      <p class="name">${shown(learner.name, 200)}</p>
      <p class="achievement">${shown(achievement.name, 200)}</p>
      ${prose(achievement.description)}
      <p>${words.by} <strong>${shown(session.issuer?.profile.name ?? '')}</strong></p>
      ${credits === undefined ? nothing : html`<p>${words.credits(String(credits))}</p>`}
      ${
        achievement.alignment?.length
          ? html`<p class="aside">${words.skills}: ${achievement.alignment.map(({ targetName }, i) => html`${i > 0 ? ', ' : ''}${shown(targetName, 80)}`)}</p>`
          : nothing
      }
      <p class="aside">${words.from}${until === undefined ? '' : `, ${words.until(momentOf(until))}`}</p>
    </article>
    ${weight > noticeable ? html`<p class="aside">${words.weight(bytes(weight / size), bytes(weight))}</p>` : nothing}
    <details>
      <summary>${words.json}</summary>
      <pre tabindex="0" dir="ltr">${JSON.stringify(credential, null, 2)}</pre>
    </details>`
}

/** An image that makes the files of a batch so much larger is worth a sentence. */
const noticeable = 100_000

function bytes(count: number): string {
  const [unit, size] =
    count < 1e6
      ? (['kilobyte', 1e3] as const)
      : count < 1e9
        ? (['megabyte', 1e6] as const)
        : (['gigabyte', 1e9] as const)
  const options = { style: 'unit', unit, maximumFractionDigits: 1 } as const
  return (count / size).toLocaleString(site().locale, options)
}
