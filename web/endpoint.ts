import {
  css,
  html,
  LitElement,
  nothing,
  type PropertyValues,
  type TemplateResult,
  unsafeCSS,
} from 'lit'
import { endpointLabel } from '../core/rpc.ts'
import { chooseEndpoint, chosenEndpoint } from './endpoint-choice.ts'
import { endpointUrl } from './endpoint-url.ts'
import { followLanguage } from './language.ts'
import type { Settings } from './settings.ts'
import base from './styles/base.css?inline'
import styles from './styles/endpoint.css?inline'
import { site } from './words/site.ts'

const words = () => site().endpoint

/** Lets the visitor name the endpoint that a chain is asked through; tells an `endpoint` event when it changed. */
export class ChainEndpoint extends LitElement {
  static override styles = [
    css`
      ${unsafeCSS(base)}
    `,
    css`
      ${unsafeCSS(styles)}
    `,
  ]
  static override properties = {
    settings: { attribute: false },
    chainId: { attribute: false },
    wanted: { attribute: false },
    open: { state: true },
    problem: { state: true },
    done: { state: true },
  }
  declare settings: Settings | undefined
  /** The chain of the credential at hand. */
  declare chainId: number | undefined
  /** Opens the form where the visitor has to name an endpoint; closing it is left to the visitor. */
  declare wanted: boolean
  declare open: boolean
  declare problem: string
  declare done: string

  constructor() {
    super()
    this.settings = undefined
    this.chainId = undefined
    this.wanted = false
    this.open = false
    this.problem = ''
    this.done = ''
    followLanguage(this)
  }

  override willUpdate(changed: PropertyValues): void {
    if (changed.has('wanted') && this.wanted) this.open = true
  }

  override render(): TemplateResult | typeof nothing {
    const { settings } = this
    if (!settings) return nothing
    const chainId = this.#selected()
    const name = settings.trust.chains.get(chainId)?.name ?? String(chainId)
    const url = this.#endpointOf(chainId)
    return html`<details ?open=${this.open} @toggle=${this.#onToggle}>
      <summary>
        ${words().title}
        <small>${url ? words().asks(name, endpointLabel(url)) : words().asksNone(name)}</small>
      </summary>
      <p>${words().intro}</p>
      <form novalidate @submit=${this.#onSubmit}>
        <label for="chain">${words().chain}</label>
        <select id="chain" @change=${this.#onChain}>
          ${[...settings.trust.chains].map(
            ([id, chain]) =>
              html`<option value=${id} ?selected=${id === chainId}>${chain.name} (${id})</option>`,
          )}
        </select>
        <label for="url">${words().url}</label>
        <input
          id="url"
          type="url"
          inputmode="url"
          autocomplete="off"
          spellcheck="false"
          .value=${url ?? ''}
          aria-invalid=${this.problem === '' ? 'false' : 'true'}
          aria-describedby="problem"
        />
        <p id="problem" role="alert">${this.problem}</p>
        <div class="row">
          <button type="submit">${words().use}</button>
          <button type="button" class="quiet" @click=${this.#onReset}>${words().reset}</button>
        </div>
        <p role="status">${this.done}</p>
      </form>
    </details>`
  }

  #selected(): number {
    const chains = this.settings?.trust.chains ?? new Map()
    const [configured] = this.settings?.endpoints.keys() ?? []
    const [first] = chains.keys()
    return this.chainId ?? configured ?? first ?? 1
  }

  #endpointOf(chainId: number): string | undefined {
    return chosenEndpoint(chainId) ?? this.settings?.endpoints.get(chainId)
  }

  #onToggle = (event: Event) => {
    this.open = (event.target as HTMLDetailsElement).open
  }

  #onChain = (event: Event) => {
    this.chainId = Number((event.target as HTMLSelectElement).value)
    this.problem = ''
    this.done = ''
  }

  #onSubmit = (event: Event) => {
    event.preventDefault()
    const field = this.renderRoot.querySelector<HTMLInputElement>('#url')
    const url = endpointUrl(field?.value ?? '')
    this.problem = url === undefined ? words().insecure : ''
    if (url === undefined) field?.focus()
    else this.#choose(url, words().saved(endpointLabel(url)))
  }

  #onReset = () => {
    this.problem = ''
    this.#choose(undefined, words().restored)
  }

  #choose(url: string | undefined, done: string): void {
    chooseEndpoint(this.#selected(), url)
    this.done = done
    this.requestUpdate()
    this.dispatchEvent(new CustomEvent('endpoint'))
  }
}

customElements.define('chain-endpoint', ChainEndpoint)
