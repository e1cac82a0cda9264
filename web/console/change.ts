import { css, html, LitElement, nothing, type TemplateResult, unsafeCSS } from 'lit'
import './command-view.ts'
import { followLanguage } from '../language.ts'
import base from '../styles/base.css?inline'
import styles from '../styles/console.css?inline'
import { coreText } from '../text.ts'
import { consoleWords } from '../words/console.ts'
import { standing } from '../words/standing.ts'
import { finalIn, type Listed, readListed, withLines } from './listed.ts'
import { listedView } from './listed-view.ts'
import { type Action, countArrived, countOf, placeOrder, type Target, tryOrder } from './order.ts'
import { ownKeyOnly, type Plan, planView } from './plan.ts'
import { type Batch, ConsoleError, type Status } from './service.ts'
import { trouble } from './trouble.ts'

/** Which credentials: those selected in the table, those on a list, or all. */
type Scope = 'chosen' | 'listed' | 'all'

const actions = [
  ['revoke', 'revoked'],
  ['suspend', 'suspended'],
  ['reinstate', 'active'],
] as const
/** How often the chain is looked at for what the issuer sends itself. */
const lookMs = 3_000

/** What became of a change, for the table of credentials. */
export interface Changed {
  readonly target: Target
  readonly status: Status
}

/** Changes how credentials of an anchored batch stand, after saying what it costs. */
export class ConsoleChange extends LitElement {
  static override styles = [base, styles].map(
    (sheet) => css`
      ${unsafeCSS(sheet)}
    `,
  )
  static override properties = {
    batch: { attribute: false },
    chosen: { attribute: false },
    scope: { state: true },
    listed: { state: true },
    reading: { state: true },
    plan: { state: true },
    problem: { state: true },
    told: { state: true },
  }
  declare batch: Batch
  /** Status indexes of the rows that are selected. */
  declare chosen: ReadonlySet<number>
  declare scope: Scope
  declare listed: Listed | undefined
  declare reading: string
  declare plan: Plan | undefined
  declare problem: string
  declare told: string
  #looking: ReturnType<typeof setTimeout> | undefined

  constructor() {
    super()
    this.chosen = new Set()
    this.scope = 'chosen'
    this.reading = ''
    this.problem = ''
    this.told = ''
    followLanguage(this)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    clearTimeout(this.#looking)
  }

  override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (!changed.has('chosen') || this.plan?.isSent) return
    // Whoever selects rows means them, and not what was planned before.
    if (this.chosen.size > 0) this.scope = 'chosen'
    if (this.plan && this.scope === 'chosen') this.plan = undefined
    if (this.chosen.size > 0) this.told = ''
  }

  override render(): TemplateResult {
    const words = standing()
    const { batch, plan, scope } = this
    const isIdle = plan === undefined && this.#target() !== undefined
    const option = (value: Scope, label: string) =>
      html`<label class="option"><input type="radio" name="scope" value=${value} .checked=${scope === value} ?disabled=${plan !== undefined} @change=${() => this.#choose(value)} /> ${label}</label>`
    return html`<section class="change card" aria-labelledby="change">
      <h4 id="change">${words.title}</h4>
      <fieldset>
        <legend>${words.which}</legend>
        ${option('chosen', words.chosen(this.chosen.size))} ${option('listed', words.listed)}
        ${scope === 'listed' ? listedView(this.listed, this.reading, plan !== undefined, this.#onList) : nothing} ${option('all', words.all(batch.size))}
      </fieldset>
      <p class="row">
        ${actions.map(([action, status]) => html`<button type="button" class="quiet" ?disabled=${!isIdle} @click=${() => this.#propose(status)}>${consoleWords().change[action]}</button>`)}
        ${scope === 'all' ? html`<button type="button" class="quiet" ?disabled=${!isIdle} @click=${() => this.#propose('withdrawn')}>${words.withdraw}</button>` : nothing}
      </p>
      ${plan ? planView(batch, plan, { onYes: this.#onYes, onNo: this.#onNo }) : nothing}
      <p class="good" role="status">${this.told}</p>
      <p class="mind" role="alert">${this.problem === '' ? nothing : coreText(this.problem)}</p>
    </section>`
  }

  /** What is meant; `undefined` while nothing is. */
  #target(): Target | undefined {
    if (this.scope === 'all') return 'all'
    if (this.scope === 'chosen') {
      return this.chosen.size > 0 ? { statusIndexes: [...this.chosen] } : undefined
    }
    const { listed } = this
    const isFaulty = !listed || listed.refusal !== undefined
    // What is revoked stands in the way of other changes alone: the others may still be asked for.
    if (isFaulty || listed.problems.some(({ code }) => code !== 'revocation_final')) return
    return { statusIndexes: [...listed.found.keys()] }
  }

  #choose(scope: Scope): void {
    this.scope = scope
    this.problem = ''
    this.told = ''
  }

  #onList = async (event: Event) => {
    const [file] = (event.target as HTMLInputElement).files ?? []
    if (!file) return
    const words = standing().list
    this.listed = undefined
    this.problem = ''
    this.told = ''
    this.reading = consoleWords().roster.reading
    try {
      this.listed = await readListed(file, this.batch, (done, total) => {
        this.reading = words.reading(done, total)
      })
    } catch (thrown) {
      this.#onRefused(thrown)
    }
    this.reading = ''
  }

  /** Asks the service what it would cost; nothing is recorded by that. */
  async #propose(action: Action): Promise<void> {
    const target = this.#target()
    if (!target) return
    this.problem = ''
    this.told = ''
    if (this.scope === 'listed' && this.listed && !(await this.#isOpen(this.listed, action))) return
    const plan: Plan = { action, target, count: countOf(target, this.batch) }
    this.plan = plan
    await this.updateComplete
    this.renderRoot.querySelector<HTMLElement>('#no')?.focus()
    const answer = await this.#terms(plan, action)
    if (this.plan !== plan) return
    this.plan = answer && { ...plan, ...answer }
    if (this.plan) this.#look(this.plan)
    else this.renderRoot.querySelector<HTMLElement>('input')?.focus()
  }

  /** Whether nothing on the list stands in the way; what does is shown in its place. */
  async #isOpen(listed: Listed, action: Action): Promise<boolean> {
    const problems = action === 'revoked' ? [] : finalIn(listed)
    this.listed = await withLines({ ...listed, problems })
    return problems.length === 0
  }

  async #terms(plan: Plan, action: Action): Promise<Pick<Plan, 'order' | 'own'> | undefined> {
    if (action === 'withdrawn') return { own: 'withdrawn' }
    try {
      return { order: await tryOrder(this.batch, plan.target, action) }
    } catch (thrown) {
      const own = thrown instanceof ConsoleError ? ownKeyOnly(thrown.code) : undefined
      if (own) return { own }
      this.#onRefused(thrown)
      return undefined
    }
  }

  #onYes = async () => {
    const { plan } = this
    if (!plan || plan.action === 'withdrawn') return
    const { action, target } = plan
    this.problem = ''
    const tell = (done: number, total: number) => {
      this.plan = { ...plan, isSent: true, progress: { done, total } }
    }
    tell(0, plan.count)
    try {
      await placeOrder(this.batch, target, action, tell)
    } catch (thrown) {
      this.plan = { ...plan, isBroken: target === 'all' }
      this.#onRefused(thrown)
      return
    }
    this.#end(consoleWords().change.done(plan.order?.changed ?? plan.count), {
      target,
      status: action,
    })
  }

  #onNo = () => {
    const isLooking = this.plan?.own !== undefined
    this.plan = undefined
    // Somebody may have sent it all the same.
    if (isLooking) this.dispatchEvent(new CustomEvent('changed'))
    this.#focusFirst()
  }

  /** Follows what the issuer sends itself, until the chain shows it or the plan is closed. */
  #look(plan: Plan): void {
    if (!plan.own) return
    this.#looking = setTimeout(async () => {
      if (this.plan?.target !== plan.target || !this.isConnected) return
      const seen = document.hidden
        ? undefined
        : await countArrived(this.batch, plan.target, plan.action).catch(() => undefined)
      if (this.plan?.target !== plan.target) return
      if (seen && seen.done === seen.total) {
        const { action, target } = plan
        const status = action === 'withdrawn' ? 'revoked' : action
        this.#end(standing().own.arrived, action === 'withdrawn' ? undefined : { target, status })
        return
      }
      if (seen) this.plan = { ...this.plan, progress: seen }
      this.#look(plan)
    }, lookMs)
  }

  #end(told: string, detail: Changed | undefined): void {
    this.plan = undefined
    this.told = told
    this.listed = undefined
    this.dispatchEvent(new CustomEvent<Changed | undefined>('changed', { detail }))
    this.#focusFirst()
  }

  /** The question goes, and the focus back to where it was asked. */
  async #focusFirst(): Promise<void> {
    await this.updateComplete
    this.renderRoot.querySelector<HTMLElement>('input:checked')?.focus()
  }

  #onRefused(thrown: unknown): void {
    if (thrown instanceof ConsoleError && thrown.status !== 401 && thrown.status !== 0) {
      this.problem = thrown.message
    } else trouble(this, thrown)
  }
}

customElements.define('console-change', ConsoleChange)
