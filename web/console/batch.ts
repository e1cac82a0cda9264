import { css, html, LitElement, nothing, type TemplateResult, unsafeCSS } from 'lit'
import './command-view.ts'
import './credentials.ts'
import './hand-out.ts'
import { followLanguage } from '../language.ts'
import { moment, momentOf } from '../moment.ts'
import base from '../styles/base.css?inline'
import styles from '../styles/console.css?inline'
import { coreText, shown } from '../text.ts'
import { consoleWords } from '../words/console.ts'
import { anchorCommand } from './command.ts'
import {
  anchor,
  type Batch,
  type BatchState,
  ConsoleError,
  type Counts,
  followBatch,
  getBatch,
  getCounts,
  pathOf,
  type Session,
} from './service.ts'
import { barView } from './statistics.ts'
import { trouble } from './trouble.ts'

const steps = ['built', 'submitted', 'included', 'finalized'] as const
const order: readonly BatchState[] = [
  'building',
  'built',
  'submitted',
  'included',
  'safe',
  'finalized',
]

/** One batch: how far it is, anchoring it, how its credentials stand. */
export class ConsoleBatch extends LitElement {
  static override styles = [base, styles].map(
    (sheet) => css`
      ${unsafeCSS(sheet)}
    `,
  )
  static override properties = {
    batchId: { attribute: false },
    session: { attribute: false },
    batch: { state: true },
    counts: { state: true },
    problem: { state: true },
  }
  declare batchId: string
  declare session: Session
  declare batch: Batch | undefined
  declare counts: Counts | undefined
  declare problem: string
  #stop: (() => void) | undefined
  #followed = ''
  #counting: ReturnType<typeof setTimeout> | undefined

  constructor() {
    super()
    this.problem = ''
    followLanguage(this)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#stop?.()
    this.#followed = ''
    clearTimeout(this.#counting)
  }

  override willUpdate(): void {
    if (this.batchId === this.#followed) return
    this.#followed = this.batchId
    this.batch = undefined
    this.counts = undefined
    this.problem = ''
    void this.#follow(this.batchId)
  }

  override render(): TemplateResult {
    const words = consoleWords()
    const { batch } = this
    const back = html`<p><a href="#">${words.back}</a></p>`
    if (!batch) {
      return html`${back}${this.problem ? html`<p class="problem" role="alert">${this.problem}</p>` : html`<p role="status">${words.loading}</p>`}`
    }
    const isBuilt = batch.state !== 'building' && batch.root !== undefined
    return html`${back}
      <h2 class="title">${shown(batch.name, 200)}</h2>
      <p class="row">
        <span class="chip ${batch.state}" role="status">${words.states[batch.state]}</span>
        <span class="aside">${words.list.size(batch.size)} · ${moment(batch.createdAt)}</span>
      </p>
      ${batch.reason === undefined ? nothing : html`<p class="problem">${coreText(batch.reason)}</p>`}
      ${batch.state === 'building' ? this.#buildingView(batch) : this.#stepsView(batch)}
      ${isBuilt && !batch.anchor ? this.#anchorView(batch) : nothing}
      ${batch.anchor ? this.#statisticsView(batch) : nothing}
      ${isBuilt ? this.#factsView(batch) : nothing}
      ${batch.anchor && !batch.anchor.withdrawnAt ? html`<console-hand-out .batch=${batch}></console-hand-out>` : nothing}
      ${isBuilt ? html`<console-credentials .batch=${batch} .session=${this.session} @changed=${this.#onChanged}></console-credentials>` : nothing}`
  }

  #buildingView({ built = 0, size }: Batch): TemplateResult {
    const words = consoleWords().batch
    return html`<p><progress max=${size} value=${built} aria-label=${words.steps}></progress></p>
      <p class="aside">${words.building(built, size)}</p>`
  }

  #stepsView({ state }: Batch): TemplateResult {
    const words = consoleWords().batch
    const at = order.indexOf(state)
    return html`<ol class="steps" aria-label=${words.steps}>
      ${steps.map((step) => {
        const isDone = at >= order.indexOf(step)
        return html`<li class=${isDone ? 'done' : ''} aria-current=${step === state ? 'step' : nothing}>
          <svg viewBox="-12 -12 24 24" aria-hidden="true"><circle r="10" /><path d="M-4.5 .5 L-1.5 4 L5 -4" /></svg>
          ${words.step[step]}
        </li>`
      })}
    </ol>`
  }

  #anchorView(batch: Batch): TemplateResult {
    const { id, managed, state } = batch
    const words = consoleWords().anchor
    const isAsked = managed && (state === 'submitted' || this.problem === '')
    return html`<section class="card" aria-labelledby="anchor">
      <h3 id="anchor">${words.title}</h3>
      <div class="choices">
        <div>
          <h4>${words.managed}</h4>
          ${
            this.session.chain.managed
              ? html`<p class="aside">${words.managedNote}</p>
                <p><button type="button" ?disabled=${isAsked} @click=${this.#anchor}>${words.button}</button></p>
                <p role="status">${isAsked ? words.asked : nothing}</p>
                <p class="mind" role="alert">${this.problem === '' ? nothing : coreText(this.problem)}</p>`
              : html`<p class="aside">${words.noManaged}</p>`
          }
        </div>
        <div>
          <h4>${words.own}</h4>
          <p class="aside">${words.ownNote}</p>
          <console-command .command=${anchorCommand(batch, this.#fileOf(id))} .chainId=${batch.chainId}></console-command>
        </div>
      </div>
    </section>`
  }

  #fileOf(id: string): URL {
    return new URL(pathOf(`batches/${id}/file`), location.href)
  }

  #statisticsView(batch: Batch): TemplateResult {
    const words = consoleWords().statistics
    const { counts } = this
    const withdrawn = batch.anchor?.withdrawnAt
    const { suspended = 0, revoked = 0, expired = 0, pending = 0 } = counts ?? {}
    const active = batch.size - suspended - revoked - expired
    return html`<section aria-labelledby="statistics">
      <h3 id="statistics">${words.title}</h3>
      ${withdrawn === undefined ? nothing : html`<p class="problem">${consoleWords().batch.withdrawn(momentOf(withdrawn))}</p>`}
      ${
        withdrawn !== undefined
          ? barView(words.allWithdrawn(batch.size), [['revoked', words.withdrawn, batch.size]])
          : counts
            ? barView(
                `${words.summary(active, suspended, revoked)}${expired > 0 ? ` ${words.andExpired(expired)}` : ''}`,
                [
                  ['active', words.active, active],
                  ['suspended', words.suspended, suspended],
                  ['revoked', words.revoked, revoked],
                  ...(expired > 0 ? [['expired', words.expired, expired] as const] : []),
                ],
              )
            : nothing
      }
      ${pending > 0 ? html`<p><progress max=${batch.size} value=${batch.size - pending} aria-label=${words.pending(pending)}></progress></p>` : nothing}
      <p class="aside" role="status">${pending > 0 ? words.pending(pending) : nothing}</p>
    </section>`
  }

  #factsView(batch: Batch): TemplateResult {
    const words = consoleWords().batch
    const fact = (term: string, value: unknown) =>
      html`<div><dt>${term}</dt><dd>${value}</dd></div>`
    return html`<dl class="facts">
        ${fact(words.root, html`<code>${batch.root}</code>`)}
        ${batch.transaction === undefined ? nothing : fact(words.transaction, html`<code>${batch.transaction}</code>`)}
      </dl>
      ${batch.anchor ? html`<p>${words.sequence(batch.anchor.sequence)}, ${moment(batch.anchor.anchoredAt)}</p>` : nothing}
      <p><a href=${pathOf(`batches/${batch.id}/file`)} download>${words.file}</a> <small>${words.fileNote}</small></p>`
  }

  async #follow(id: string): Promise<void> {
    this.#stop?.()
    try {
      this.#take(await getBatch(id), id)
    } catch (thrown) {
      if (thrown instanceof ConsoleError && thrown.status === 404) {
        this.problem = consoleWords().batch.unknown
      } else trouble(this, thrown)
      return
    }
    if (this.#followed === id) this.#stop = followBatch(id, (batch) => this.#take(batch, id))
  }

  #take(batch: Batch, id: string): void {
    if (this.#followed !== id) return
    this.batch = batch
    if (batch.anchor) void this.#count()
  }

  /** Statuses on their way are counted again until they have arrived. */
  #count = async () => {
    const id = this.#followed
    clearTimeout(this.#counting)
    const counts = await getCounts(id).catch(() => undefined)
    if (!counts || this.#followed !== id) return
    this.counts = counts
    if (counts.pending > 0) this.#counting = setTimeout(() => this.#count(), 2_000)
  }

  /** Also a withdrawal, of which no event tells. */
  #onChanged = async () => {
    const id = this.#followed
    const batch = await getBatch(id).catch(() => undefined)
    if (batch) this.#take(batch, id)
  }

  #anchor = async () => {
    this.problem = ''
    const id = this.#followed
    try {
      this.#take(await anchor(id), id)
    } catch (thrown) {
      if (thrown instanceof ConsoleError && thrown.status !== 401 && thrown.status !== 0) {
        this.problem = thrown.message
      } else trouble(this, thrown)
    }
  }
}

customElements.define('console-batch', ConsoleBatch)
