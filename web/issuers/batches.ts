import { html, nothing, type TemplateResult } from 'lit'
import type { Finality } from '../../core/report.ts'
import { moment, momentOf } from '../moment.ts'
import { mark } from '../seal.ts'
import { issuer } from '../words/issuer.ts'
import { accreditedThen } from './accreditation.ts'
import { explorerLink } from './heading.ts'
import type { Batch, IssuerLog, PublishedBatch } from './log.ts'
import type { Comparison, Recheck } from './recheck.ts'

const words = () => issuer().batches
const finalities = ['included', 'safe', 'finalized'] as const satisfies readonly Finality[]
const outcomes = {
  same: 'valid',
  counted: 'skipped',
  differs: 'invalid',
  missing: 'invalid',
} as const

/** The log, a line a batch. */
export function batchesView(
  log: IssuerLog,
  batches: readonly Batch[],
  recheck: Recheck | undefined,
): TemplateResult {
  return html`<section class="log" aria-labelledby="batches">
    <h2 id="batches">${words().title} <small>${words().order}</small></h2>
    ${finalityLegend()}
    <ol reversed>
      ${batches.map((batch) => lineView(log, batch, recheck?.lines.get(batch.sequence)))}
    </ol>
  </section>`
}

function lineView(
  log: IssuerLog,
  batch: Batch,
  comparison: Comparison | undefined,
): TemplateResult {
  return html`<li class="line ${batch.published ? batch.finality : 'unpublished'} ${comparison?.outcome ?? ''}" id="batch-${batch.sequence}" data-sequence=${batch.sequence}>
    <h3><span class="hidden">${words().number(batch.sequence)}</span><span aria-hidden="true">${batch.sequence}</span></h3>
    ${signOf(batch, comparison)}
    <div class="facts">
      ${
        batch.published
          ? publishedView(log, batch)
          : html`<p class="what">${words().unpublished}</p>
              <p class="aside">${words().unpublishedNote}</p>`
      }
      ${comparison ? html`<p class="compared">${comparison.why}</p>` : nothing}
    </div>
  </li>`
}

/** Before the check a dot that fills with finality, after it the mark of the outcome. */
function signOf(batch: Batch, comparison: Comparison | undefined): TemplateResult {
  if (comparison) return mark(outcomes[comparison.outcome])
  if (!batch.published) {
    return html`<span class="mark"><svg viewBox="-12 -12 24 24" aria-hidden="true"><path class="dot-open" d="M0 -8 L8 0 L0 8 L-8 0 Z" /></svg></span>`
  }
  return html`<span class="mark">${dot(batch.finality)}</span>`
}

function dot(finality: Finality): TemplateResult {
  const fill = { included: 0, safe: 3, finalized: 6.5 }[finality]
  return html`<svg viewBox="-12 -12 24 24" aria-hidden="true"><circle class="dot-ring" r="6.5" /><circle class="dot-fill" r=${fill} /></svg>`
}

/** A dot fills as its anchor becomes final. */
function finalityLegend(): TemplateResult {
  return html`<ul class="legend finalities" aria-label=${words().legend}>
    ${finalities.map((finality) => html`<li>${dot(finality)} <span>${words().finalities[finality][0]}: ${words().finalities[finality][1]}</span></li>`)}
  </ul>`
}

function publishedView(log: IssuerLog, batch: PublishedBatch): TemplateResult {
  const { chain, onChain } = log
  const { sequence, anchoredAt, size, finality, root, leaves, transaction } = batch
  const [state, meaning] = words().finalities[finality]
  const isAhead = onChain !== undefined && sequence > onChain.anchorCount
  return html`<p class="what">
      <span class="when">${moment(anchoredAt)}</span>
      <span class="size">${words().size(size)}</span>
      ${endedView(batch)}
      <span class="finality" title=${meaning}>${state}</span>
    </p>
    <p class="more">
      <span class="hidden">${words().root}</span> <code title=${words().root}>${root}</code>
    </p>
    <p class="more">
      <a href=${`..${leaves}`} download="batch-${sequence}-leaves.bin">${words().leaves}<span class="hidden"> ${words().number(sequence)}</span></a>
      ${transaction === undefined ? nothing : explorerLink(chain, 'tx', transaction, words().transaction)}
      ${accreditedThen(batch.accreditation)}
    </p>
    ${isAhead ? html`<p class="mind">${words().ahead}</p>` : nothing}`
}

function endedView({ revoked, suspended, withdrawnAt }: PublishedBatch): TemplateResult {
  const parts = [
    ...(withdrawnAt === undefined ? [] : [words().withdrawn(momentOf(withdrawnAt))]),
    ...(revoked > 0 ? [words().revoked(revoked)] : []),
    ...(suspended > 0 ? [words().suspended(suspended)] : []),
  ]
  return parts.length === 0
    ? html`<span class="ended none">${words().noneEnded}</span>`
    : html`<span class="ended">${parts.join(', ')}</span>`
}
