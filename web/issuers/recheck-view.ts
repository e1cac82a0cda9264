import { html, nothing, type TemplateResult } from 'lit'
import { formatSeconds } from '../../core/time.ts'
import { momentOf } from '../moment.ts'
import { mark } from '../seal.ts'
import { issuer } from '../words/issuer.ts'
import type { Batch, IssuerLog } from './log.ts'
import { type Recheck, tally } from './recheck.ts'

const words = () => issuer().recheck

/** Asks the chain from this browser, and says what came of it. */
export function recheckView(
  log: IssuerLog,
  batches: readonly Batch[],
  recheck: Recheck | undefined,
  {
    label,
    onCheck,
    onStop,
  }: {
    readonly label: string | undefined
    readonly onCheck: () => void
    readonly onStop: () => void
  },
): TemplateResult {
  const isRunning = recheck?.state === 'running'
  return html`<section class="recheck" aria-labelledby="recheck">
    <h2 id="recheck">${words().title}</h2>
    <p>${words().intro}</p>
    <p class="aside">${label === undefined ? words().asksNone : words().asks(label)}</p>
    <p class="row">
      ${
        isRunning
          ? html`<button type="button" class="quiet" @click=${onStop}>${words().stop}</button>
              <progress max=${Math.max(1, recheck.all)} value=${recheck.lines.size} aria-label=${words().title}></progress>`
          : html`<button type="button" ?disabled=${label === undefined} @click=${onCheck}>${recheck ? words().again : words().button}</button>`
      }
    </p>
    <div role="status" aria-live="polite">
      ${recheck ? outcomeView(batches, recheck) : nothing}
    </div>
    <p class="audit">${words().audit}<code>npx hardhat audit --issuer ${log.account} --service ${location.origin} --rpc https://…</code></p>
  </section>`
}

function outcomeView(batches: readonly Batch[], recheck: Recheck): TemplateResult {
  const { state, all, lines, block, label = '', count = 0, problem } = recheck
  if (state === 'running') return html`<p>${words().running(lines.size, all)}</p>`
  if (state === 'failed') {
    return html`<p class="outcome open">${mark('indeterminate')}<span>${words().failed}${problem}.</span></p>`
  }
  const { same, differs, missing, counted } = tally(recheck)
  const wrong = differs + missing
  const highest = batches[0]?.sequence ?? 0
  const unlisted = Math.max(0, count - highest)
  const asOf = block && words().asOf(block.number, momentOf(formatSeconds(block.time)), label)
  const findings = [
    ...(wrong > 0 ? [words().wrong(wrong)] : []),
    ...(unlisted > 0 ? [words().unlisted(unlisted)] : []),
    ...(counted > 0 ? [words().withheld(counted)] : []),
    ...(wrong + counted > 0 && same > 0 ? [words().rest(same)] : []),
  ]
  const good = all >= count ? words().complete(count) : words().part(all, count)
  const look = wrong > 0 ? 'invalid' : findings.length > 0 ? 'indeterminate' : 'valid'
  return html`<p class="outcome ${look}">${mark(look)}<span>${findings.length > 0 ? findings.join(' ') : good}</span></p>
    <p class="aside">${asOf}</p>`
}
