import { html, nothing, type TemplateResult } from 'lit'
import { consoleWords } from '../words/console.ts'
import { standing } from '../words/standing.ts'
import { coins } from './coins.ts'
import {
  type OwnAction,
  type OwnCommand,
  ownActions,
  statusCommand,
  wholeCommand,
} from './command.ts'
import type { Action, Target } from './order.ts'
import type { Batch, Ordered } from './service.ts'

/** Why only the issuer's own key makes a change. */
export type OwnKeyOnly = 'missing' | 'refused' | 'withdrawn'

/** A change that was asked for and waits for a yes, or for the issuer to send it. */
export interface Plan {
  readonly action: Action
  readonly target: Target
  readonly count: number
  /** What it would come to, once the service has said. */
  readonly order?: Ordered
  readonly own?: OwnKeyOnly
  /** It is being recorded. */
  readonly isSent?: boolean
  /** It broke off in the middle. */
  readonly isBroken?: boolean
  readonly progress?: { readonly done: number; readonly total: number }
}

/** Refusals after which the issuer's own key still does it. */
export function ownKeyOnly(code: string): OwnKeyOnly | undefined {
  if (code === 'operator_missing') return 'missing'
  return code === 'operator_not_authorised' || code === 'registry_mismatch' ? 'refused' : undefined
}

/** The question before a change, with what it costs or the command that makes it. */
export function planView(
  batch: Batch,
  plan: Plan,
  { onYes, onNo }: { readonly onYes: () => void; readonly onNo: () => void },
): TemplateResult {
  const { action, own, order, count, progress } = plan
  const [words, more] = [consoleWords().change, standing()]
  const isGrave = action === 'revoked' || action === 'withdrawn'
  const question = action === 'withdrawn' ? more.withdrawAsk(count) : words.confirm[action](count)
  const onKey = ({ key }: KeyboardEvent) => {
    if (key === 'Escape' && !plan.isSent) onNo()
  }
  return html`<div class="plan ${isGrave ? 'revoked' : ''}" role="alertdialog" @keydown=${onKey} aria-labelledby="plan-question" aria-describedby="plan-cost">
    <p id="plan-question"><strong>${question}</strong></p>
    <p id="plan-cost">${own ? ownNote(own) : costNote(order)}</p>
    ${own ? ownView(batch, plan) : nothing}
    ${plan.isBroken ? html`<p role="alert">${more.broken}</p>` : nothing}
    ${
      plan.isSent && progress
        ? html`<p role="status"><progress max=${Math.max(1, progress.total)} value=${progress.done} aria-label=${more.recording(progress.done, progress.total)}></progress></p>
          <p class="aside">${more.recording(progress.done, progress.total)}</p>`
        : nothing
    }
    ${
      own === undefined && order && !plan.isSent
        ? html`<details>
          <summary>${more.own.or}</summary>
          <console-command .command=${commandOf(batch, plan)} .chainId=${batch.chainId}></console-command>
        </details>`
        : nothing
    }
    <p class="row">
      ${
        own === undefined && action !== 'withdrawn'
          ? html`<button type="button" class=${isGrave ? 'grave' : ''} ?disabled=${order === undefined || plan.isSent} @click=${onYes}>${plan.isBroken ? more.goOn : words.yes[action]}</button>`
          : nothing
      }
      <button type="button" class="quiet" id="no" ?disabled=${plan.isSent} @click=${onNo}>${own ? more.own.close : words.no}</button>
    </p>
  </div>`
}

function costNote(order: Ordered | undefined): string {
  const words = consoleWords().change
  if (order === undefined) return words.asking
  const { transactions, gas, fee } = order.cost
  return transactions === 0 ? words.free : words.cost(transactions, gas, coins(fee))
}

function ownNote(own: OwnKeyOnly): string {
  const words = standing()
  return own === 'withdrawn' ? words.withdrawNote : words.own[own]
}

function ownView(batch: Batch, plan: Plan): TemplateResult {
  const words = standing().own
  const { done, total } = plan.progress ?? { done: 0, total: plan.count }
  return html`<console-command .command=${commandOf(batch, plan)} .chainId=${batch.chainId}></console-command>
    <p class="aside">${words.note}</p>
    <p role="status">${plan.action === 'withdrawn' ? words.waitingBatch : words.waiting(done, total)}</p>`
}

function commandOf(batch: Batch, { action, target }: Plan): OwnCommand {
  const own: OwnAction = action === 'withdrawn' ? 'withdraw' : ownActions[action]
  return target === 'all'
    ? wholeCommand(batch, own)
    : statusCommand(batch, own, target.statusIndexes)
}
