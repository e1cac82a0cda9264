import { css, html, LitElement, nothing, type TemplateResult, unsafeCSS } from 'lit'
import './admin-issuers.ts'
import { followLanguage } from '../language.ts'
import { moment } from '../moment.ts'
import base from '../styles/base.css?inline'
import styles from '../styles/console.css?inline'
import { coreText } from '../text.ts'
import { adminWords } from '../words/admin.ts'
import {
  type Job,
  type JobState,
  type Jobs,
  listJobs,
  readiness,
  retryJob,
} from './administration.ts'
import { ConsoleError, type Session } from './service.ts'
import { trouble } from './trouble.ts'

const refreshMs = 10_000
const states: readonly JobState[] = ['dead', 'retrying', 'active', 'waiting']

/** What whoever runs the service looks at: whether it works, what it does in the background, and its issuers. */
export class ConsoleAdmin extends LitElement {
  static override styles = [base, styles].map(
    (sheet) => css`
      ${unsafeCSS(sheet)}
    `,
  )
  static override properties = {
    session: { attribute: false },
    health: { state: true },
    jobs: { state: true },
    shownState: { state: true },
    told: { state: true },
  }
  declare session: Session
  /** `ready`, or what is wrong. */
  declare health: string | undefined
  declare jobs: Jobs | undefined
  declare shownState: JobState
  declare told: string
  #refresh: ReturnType<typeof setInterval> | undefined

  constructor() {
    super()
    this.shownState = 'dead'
    this.told = ''
    followLanguage(this)
  }

  override connectedCallback(): void {
    super.connectedCallback()
    void this.#look()
    this.#refresh = setInterval(() => document.hidden || void this.#look(), refreshMs)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    clearInterval(this.#refresh)
  }

  override render(): TemplateResult {
    return html`${this.#healthView()} ${this.#jobsView()} <admin-issuers></admin-issuers>`
  }

  #healthView(): TemplateResult {
    const words = adminWords().health
    const { health } = this
    const { chainId, registry, managed } = this.session.chain
    return html`<section aria-labelledby="health">
      <h2 id="health">${words.title}</h2>
      <div role="status">
        ${
          health === undefined
            ? nothing
            : health === 'ready'
              ? html`<p class="good">${words.good}</p>`
              : html`<p class="problem">${coreText(health)}</p>`
        }
      </div>
      <p class="aside">${words.chain(String(chainId), registry)}. ${managed ? words.managed : words.unmanaged}</p>
    </section>`
  }

  #jobsView(): TemplateResult {
    const words = adminWords().jobs
    const { jobs } = this
    if (!jobs) return html`${nothing}`
    return html`<section class="jobs" aria-labelledby="jobs">
      <h2 id="jobs">${words.title}</h2>
      ${
        jobs.counts.length === 0
          ? html`<p class="aside">${words.none}</p>`
          : html`<ul class="legend">
            ${jobs.counts.map(({ kind, state, count }) => html`<li>${words.count(`${words.kinds[kind]} (${words.states[state]})`, count)}</li>`)}
          </ul>`
      }
      <div>
        <label for="state">${words.state}</label>
        <select id="state" @change=${this.#onState}>
          ${states.map((state) => html`<option value=${state} ?selected=${state === this.shownState}>${words.states[state]}</option>`)}
        </select>
      </div>
      ${jobs.jobs.length === 0 ? html`<p class="aside">${words.empty}</p>` : html`<ul class="found">${jobs.jobs.map((job) => this.#jobView(job))}</ul>`}
      <p class="good" role="status">${this.told}</p>
    </section>`
  }

  #jobView({ id, kind, batch, state, attempts, reason, createdAt }: Job): TemplateResult {
    const words = adminWords().jobs
    return html`<li>
      <strong>${words.kinds[kind]}</strong>
      <span class="aside"><code>${batch}</code> · ${moment(createdAt)} · ${words.attempts(attempts)}</span>
      ${reason === undefined ? nothing : html`<span>${coreText(reason)}</span>`}
      ${state === 'dead' ? html`<button type="button" class="quiet" @click=${() => this.#retry(id)}>${words.again}</button>` : nothing}
    </li>`
  }

  #onState = (event: Event) => {
    this.shownState = (event.target as HTMLSelectElement).value as JobState
    this.told = ''
    void this.#look()
  }

  #look = async () => {
    try {
      const jobs = await listJobs(this.shownState)
      this.jobs = jobs
    } catch (thrown) {
      trouble(this, thrown)
      return
    }
    this.health = await readiness().then(
      () => 'ready',
      (thrown: unknown) => (thrown instanceof ConsoleError ? thrown.message : String(thrown)),
    )
  }

  async #retry(id: string): Promise<void> {
    try {
      await retryJob(id)
      this.told = adminWords().jobs.retried
    } catch (thrown) {
      trouble(this, thrown)
    }
    await this.#look()
  }
}

customElements.define('console-admin', ConsoleAdmin)
