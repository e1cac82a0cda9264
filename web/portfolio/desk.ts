import { css, html, LitElement, nothing, type TemplateResult, unsafeCSS } from 'lit'
import '../endpoint.ts'
import './keep.ts'
import './paths.ts'
import './share.ts'
import './shelf.ts'
import { InvalidInputError, messageOf } from '../../core/error.ts'
import {
  type HeldText,
  type Portfolio,
  withoutText,
  withTexts,
} from '../../core/portfolio/portfolio.ts'
import type { Progress } from '../../core/portfolio/progress.ts'
import type { Question } from '../../core/question.ts'
import { didKeySigner, makeSigningKey } from '../../core/signing-key.ts'
import { disclosureView } from '../disclosure.ts'
import { followLanguage } from '../language.ts'
import type { Asked } from '../readers.ts'
import type { Settings } from '../settings.ts'
import base from '../styles/base.css?inline'
import styles from '../styles/portfolio.css?inline'
import { portfolio as words } from '../words/portfolio.ts'
import type { Checked } from './checked.ts'
import { createChecking } from './checking.ts'
import { type Taken, takeForeignLink, takeText } from './intake.ts'
import type { Change } from './keep.ts'
import { questionView } from './question.ts'
import { nothingHeld, type Possession } from './reached.ts'
import { type Opened, relockSafe, saveSafe } from './safe.ts'
import type { PortfolioShare } from './share.ts'
import type { PortfolioShelf } from './shelf.ts'
import { troubleView } from './trouble.ts'

/** A portfolio that lies open. Tells `written` (what is kept now), `asked` (a question), `led` (the link was dealt with), `changed-elsewhere`, `lock` and `erase` events. */
export class PortfolioDesk extends LitElement {
  static override styles = [base, styles].map(
    (sheet) => css`
      ${unsafeCSS(sheet)}
    `,
  )
  static override properties = {
    opened: { attribute: false },
    settings: { attribute: false },
    question: { attribute: false },
    link: { attribute: false },
    checked: { state: true },
    asked: { state: true },
    did: { state: true },
    file: { state: true },
    trouble: { state: true },
    told: { state: true },
  }
  declare opened: Opened
  declare settings: Settings | undefined
  declare question: Question | undefined
  /** A credential of this site that the visitor came here to add. */
  declare link: string | undefined
  declare checked: ReadonlyMap<HeldText, Checked>
  declare asked: readonly Asked[]
  declare did: string | undefined
  declare file: Uint8Array | undefined
  declare trouble: InvalidInputError | undefined
  declare told: string
  /** What is kept and could be verified, in the order in which it is kept. */
  #verified: readonly (Checked & Required<Pick<Checked, 'verified'>>)[] = []
  #possession: Possession = nothingHeld
  #saving: Promise<unknown> = Promise.resolve()
  readonly #checking = createChecking(({ checked, asked }) => {
    this.checked = checked
    this.asked = asked
  })

  constructor() {
    super()
    this.checked = new Map()
    this.asked = []
    this.told = ''
    followLanguage(this)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#checking.stop()
  }

  override willUpdate(changed: Map<string, unknown>): void {
    if (changed.has('opened') || changed.has('settings')) void this.#check()
    if (changed.has('opened')) void this.#readKey()
    if (!['opened', 'checked', 'did'].some((name) => changed.has(name))) return
    const { credentials, email } = this.opened.portfolio
    const { did } = this
    this.#verified = credentials.flatMap((held) => {
      const one = this.checked.get(held)
      return one?.verified ? [{ ...one, verified: one.verified }] : []
    })
    this.#possession = {
      verified: this.#verified.map(({ verified }) => verified),
      person: { ...(did !== undefined && { did }), ...(email !== undefined && { email }) },
    }
  }

  override render(): TemplateResult {
    const { credentials, pathways, seed } = this.opened.portfolio
    const anchor = this.#verified.find(({ verified }) => verified.report.anchor)
    return html`<div role="alert">${this.trouble ? troubleView(this.trouble) : nothing}</div>
      <p class="told" role="status">${this.told}</p>
      ${this.question ? this.#questionView(this.question) : nothing}
      ${this.link === undefined ? nothing : this.#linkView(this.link)}
      <div class="desk">
        <div>
          <portfolio-shelf
            .texts=${credentials}
            .checked=${this.checked}
            .settings=${this.settings}
            @taken=${(event: CustomEvent<Taken>) => this.#take(event.detail)}
            @removed=${(event: CustomEvent<HeldText>) => this.#remove('credentials', event.detail)}
          ></portfolio-shelf>
          <portfolio-paths
            .texts=${pathways}
            .possession=${this.#possession}
            @wanted=${(event: CustomEvent<string>) => this.#takeLink(takeForeignLink(event.detail))}
            @removed=${(event: CustomEvent<HeldText>) => this.#remove('pathways', event.detail)}
          ></portfolio-paths>
        </div>
        <div>
          <portfolio-share .checked=${this.#verified} .seed=${seed} .question=${this.question}></portfolio-share>
          <portfolio-keep
            .opened=${this.opened}
            .did=${this.did}
            .file=${this.file}
            .save=${(change: Change) => this.#save(change)}
            @relock=${(event: CustomEvent<string>) => this.#relock(event.detail)}
            @lock=${() => this.#tell('lock')}
            @erase=${() => this.#tell('erase')}
          ></portfolio-keep>
        </div>
      </div>
      ${disclosureView(this.asked)}
      <chain-endpoint .settings=${this.settings} .chainId=${anchor?.verified.report.anchor?.chainId} @endpoint=${this.#onEndpoint}></chain-endpoint>`
  }

  #questionView(question: Question): TemplateResult {
    return questionView(question, this.#possession, {
      hasKey: this.opened.portfolio.seed !== undefined,
      onAnswer: (progress) => this.#answer(progress),
      onLeave: () => this.#tell('asked', undefined),
    })
  }

  #linkView(link: string): TemplateResult {
    const { shelf } = words()
    const leave = () => this.#tell('led')
    return html`<div class="note">
      <p>${shelf.linkAsk}</p>
      <div class="buttons">
        <button type="button" @click=${() => this.#takeLink(takeText(link)).then(leave)}>${shelf.linkYes}</button>
        <button type="button" class="quiet" @click=${leave}>${shelf.linkNo}</button>
      </div>
    </div>`
  }

  #tell(name: string, detail?: unknown): void {
    this.dispatchEvent(new CustomEvent(name, { detail }))
  }

  async #readKey(): Promise<void> {
    const { seed } = this.opened.portfolio
    this.did = seed && didKeySigner(await makeSigningKey(seed)).did
  }

  /** Looks at what was not looked at yet, and at what came meanwhile. */
  async #check(): Promise<void> {
    const { settings, opened } = this
    if (!settings) return
    const { credentials } = opened.portfolio
    await this.#checking.check(credentials, settings)
    if (this.isConnected && this.opened.portfolio.credentials !== credentials) void this.#check()
  }

  /** One change after another: each goes on from what the one before it has written. */
  #save(change: Change): Promise<boolean> {
    return this.#write((opened) => saveSafe(opened, change(opened.portfolio)))
  }

  #write(work: (opened: Opened) => Promise<Opened>): Promise<boolean> {
    const written = this.#saving.then(async () => {
      this.trouble = undefined
      try {
        this.opened = await work(this.opened)
        this.#tell('written', this.opened)
        return true
      } catch (thrown) {
        this.#fail(thrown)
        return false
      }
    })
    this.#saving = written
    return written
  }

  #fail(thrown: unknown): void {
    if (!(thrown instanceof InvalidInputError)) reportError(thrown)
    this.trouble =
      thrown instanceof InvalidInputError
        ? thrown
        : new InvalidInputError('page_failed', messageOf(thrown))
    // Another window has the newer portfolio: what lies open here is not to be written over it.
    if (this.trouble.code === 'vault_changed') this.#tell('changed-elsewhere', this.trouble)
  }

  async #relock(passphrase: string): Promise<void> {
    const isDone = await this.#write((opened) => relockSafe(opened, passphrase))
    if (isDone) this.told = words().safe.relocked
  }

  async #take({ credentials, pathways, question, portfolio, refused }: Taken): Promise<void> {
    if (question) this.#tell('asked', question)
    if (portfolio) this.file = portfolio
    let added = 0
    const add = (from: Portfolio) => {
      const first = withTexts(from, 'credentials', credentials)
      const second = withTexts(first.portfolio, 'pathways', pathways)
      added = first.added.length + second.added.length
      return second.portfolio
    }
    const count = credentials.length + pathways.length
    if (count > 0 && !(await this.#save(add))) return
    const { shelf } = words()
    const said = [
      ...(added > 0 ? [shelf.added(added)] : []),
      ...(count > added ? [shelf.known(count - added)] : []),
      ...(refused.length > 0 ? [shelf.refused(refused.length)] : []),
    ]
    this.told = portfolio ? shelf.portfolioFound : said.join(' ')
  }

  async #takeLink(taking: Promise<Taken>): Promise<void> {
    const taken = await taking
    await this.#take(taken)
    const element = this.renderRoot.querySelector<PortfolioShelf>('portfolio-shelf')
    for (const { name, why } of taken.refused) element?.refuse(name, why)
  }

  #remove(name: 'credentials' | 'pathways', held: HeldText): void {
    void this.#save((portfolio) => withoutText(portfolio, name, held))
  }

  async #answer(progress: Progress): Promise<void> {
    const share = this.renderRoot.querySelector<PortfolioShare>('portfolio-share')
    await share?.answer(progress, this.#verified)
  }

  #onEndpoint = () => {
    this.#checking.stop()
    void this.#check()
  }
}

customElements.define('portfolio-desk', PortfolioDesk)
