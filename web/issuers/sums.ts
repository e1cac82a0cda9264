import { html, nothing, type TemplateResult } from 'lit'
import { momentOf } from '../moment.ts'
import { mark } from '../seal.ts'
import { issuer } from '../words/issuer.ts'
import { site } from '../words/site.ts'
import type { IssuerLog } from './log.ts'

const words = () => issuer().sums

export function grouped(count: number): string {
  return count.toLocaleString(site().locale)
}

/** What the chain says beside what the service publishes, and whether the one holds all of the other. */
export function sumsView(log: IssuerLog): TemplateResult {
  const { onChain, problem, published } = log
  return html`<section class="sums" aria-labelledby="sums">
    <h2 id="sums">${words().title}</h2>
    <div class="sources">
      <div class="said">
        <h3>${words().chain}</h3>
        <p class="figure">${onChain ? words().chainCount(onChain.anchorCount) : words().chainUnread}</p>
        <p class="aside">
          ${onChain ? words().chainAsOf(onChain.block.number, momentOf(onChain.block.time)) : words().chainUnreadNote}
        </p>
        ${onChain && problem !== undefined ? html`<p class="mind" role="alert">${words().chainOld}</p>` : nothing}
      </div>
      <div class="said">
        <h3>${words().service}</h3>
        <p class="figure">${words().published(published.batches)}</p>
        <p class="aside">${published.seenAt ? words().seen(momentOf(published.seenAt)) : nothing}</p>
      </div>
    </div>
    ${completenessView(log)}
    ${
      published.batches === 0
        ? nothing
        : html`<dl class="figures">
      ${figure(words().credentials, published.credentials)}
      ${figure(words().revoked, published.revoked)}
      ${figure(words().suspended, published.suspended)}
      ${figure(words().withdrawn, published.withdrawn, published.withdrawnBatches > 0 ? words().withdrawnIn(published.withdrawnBatches) : '')}
    </dl>`
    }
  </section>`
}

function figure(term: string, count: number, note = ''): TemplateResult {
  return html`<div>
    <dt>${term}${note === '' ? nothing : html` <small>${note}</small>`}</dt>
    <dd>${grouped(count)}</dd>
  </div>`
}

function completenessView({ onChain, published }: IssuerLog): TemplateResult | typeof nothing {
  if (!onChain) return html`<p class="complete open">${mark('indeterminate')} ${words().unread}</p>`
  const { anchorCount } = onChain
  const missing = anchorCount - published.batches
  if (missing > 0) {
    return html`<p class="complete open">${mark('indeterminate')} ${words().missing(missing, anchorCount)}</p>`
  }
  if (missing < 0) {
    return html`<p class="complete open">${mark('indeterminate')} ${words().ahead(-missing)}</p>`
  }
  if (anchorCount === 0) return nothing
  return html`<p class="complete whole">${mark('valid')} ${words().complete(anchorCount)}</p>`
}
