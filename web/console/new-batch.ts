import { css, html, LitElement, type TemplateResult, unsafeCSS } from 'lit'
import { type Achievement, parseAchievement } from '../../core/achievement.ts'
import { messageOf } from '../../core/error.ts'
import { refuseHeavyImage } from '../../core/image-weight.ts'
import { followLanguage } from '../language.ts'
import base from '../styles/base.css?inline'
import styles from '../styles/console.css?inline'
import { consoleWords } from '../words/console.ts'
import { type Badge, fitBadge } from './badge.ts'
import { achievementFields, readAchievement } from './form.ts'
import { previewView } from './preview.ts'
import { type Roster, readRoster } from './roster.ts'
import { rosterView } from './roster-view.ts'
import { ConsoleError, issue, type Session } from './service.ts'
import { type Alignment, escoSkill, freeSkill } from './skills.ts'
import { trouble } from './trouble.ts'

/** The form of a new batch: an achievement and a roster, looked over before anything is sent. */
export class NewBatch extends LitElement {
  static override styles = [base, styles].map(
    (sheet) => css`
      ${unsafeCSS(sheet)}
    `,
  )
  static override properties = {
    session: { attribute: false },
    skills: { state: true },
    badge: { state: true },
    roster: { state: true },
    problem: { state: true },
    skillProblem: { state: true },
    badgeProblem: { state: true },
    isBusy: { state: true },
    achievement: { state: true },
  }
  declare session: Session
  declare skills: readonly Alignment[]
  declare badge: Badge | undefined
  declare roster: Roster | 'reading' | undefined
  declare problem: string
  declare skillProblem: string
  declare badgeProblem: string
  declare isBusy: boolean
  /** As the form has it now; `undefined` while something is missing. */
  declare achievement: Achievement | undefined
  /** The same for every attempt at the same batch, so that none is issued twice. */
  #key: string = crypto.randomUUID()

  constructor() {
    super()
    this.skills = []
    this.problem = ''
    this.skillProblem = ''
    this.badgeProblem = ''
    this.isBusy = false
    followLanguage(this)
  }

  override render(): TemplateResult {
    const words = consoleWords()
    const { roster, achievement } = this
    const isGood = typeof roster === 'object' && !roster.refusal && roster.problems.length === 0
    const learner = isGood ? roster.first : undefined
    const size = isGood ? roster.count : 0
    return html`<h2>${words.form.title}</h2>
      <form @submit=${this.#onSubmit} @input=${this.#onInput}>
        <section class="card" aria-labelledby="achievement">
          <h3 id="achievement">${words.form.achievement}</h3>
          ${achievementFields({
            skills: this.skills,
            badge: this.badge,
            skillProblem: this.skillProblem,
            badgeProblem: this.badgeProblem,
            onSkill: this.#addSkill,
            onFree: this.#addFree,
            onRemove: (url) =>
              this.#setSkills(this.skills.filter(({ targetUrl }) => targetUrl !== url)),
            onImage: this.#onImage,
            onImageGone: () => this.#setBadge(undefined),
          })}
        </section>
        <section class="card" aria-labelledby="roster">
          <h3 id="roster">${words.roster.title}</h3>
          ${rosterView(roster, this.#onRoster)}
        </section>
        <section class="card" aria-labelledby="preview">
          <h3 id="preview">${words.preview.title}</h3>
          ${achievement && learner ? previewView(this.session, achievement, learner, this.#validUntil(), size) : html`<p class="aside">${words.preview.waiting}</p>`}
        </section>
        <p class="mind" role="alert">${this.problem}</p>
        <p class="row">
          <button ?disabled=${this.isBusy}>${isGood ? words.issue.button(roster.count) : words.issue.plain}</button>
          <span class="aside" role="status">${this.isBusy ? words.issue.sending : words.issue.note}</span>
        </p>
      </form>`
  }

  #form(): HTMLFormElement {
    return this.renderRoot.querySelector('form') as HTMLFormElement
  }

  #validUntil(): string | undefined {
    const day = String(new FormData(this.#form()).get('validUntil') ?? '')
    return day === '' ? undefined : `${day}T23:59:59Z`
  }

  #onInput = () => {
    this.#key = crypto.randomUUID()
    try {
      this.achievement = parseAchievement(
        readAchievement(new FormData(this.#form()), this.skills, this.badge),
      )
      this.problem = ''
    } catch {
      this.achievement = undefined
    }
  }

  #setSkills(skills: readonly Alignment[]): void {
    this.skills = skills
    this.#onInput()
  }

  #setBadge(badge: Badge | undefined): void {
    this.badge = badge
    this.#onInput()
  }

  #add(skill: Alignment | undefined, problem: string, fields: readonly string[]): void {
    this.skillProblem = skill ? '' : problem
    if (!skill) return
    const others = this.skills.filter(({ targetUrl }) => targetUrl !== skill.targetUrl)
    for (const field of fields) this.#field(field).value = ''
    this.#setSkills([...others, skill])
    this.#field(fields[0] as string).focus()
  }

  #field(id: string): HTMLInputElement {
    return this.renderRoot.querySelector(`#${id}`) as HTMLInputElement
  }

  #addSkill = () =>
    this.#add(escoSkill(this.#field('skill').value), consoleWords().form.skillUnknown, ['skill'])

  #addFree = () =>
    this.#add(
      freeSkill(this.#field('free-name').value, this.#field('free-url').value),
      consoleWords().form.freeBad,
      ['free-name', 'free-url'],
    )

  #onImage = async (event: Event) => {
    const [file] = (event.target as HTMLInputElement).files ?? []
    if (!file) return
    const badge = await fitBadge(file)
    this.badgeProblem = badge ? '' : consoleWords().form.imageBad
    this.#setBadge(badge)
  }

  #onRoster = async (event: Event) => {
    const [file] = (event.target as HTMLInputElement).files ?? []
    if (!file) return
    this.roster = 'reading'
    this.roster = await readRoster(file)
    this.#onInput()
  }

  #onSubmit = async (event: SubmitEvent) => {
    event.preventDefault()
    const { roster } = this
    const words = consoleWords()
    if (typeof roster !== 'object' || roster.refusal || roster.problems.length > 0) {
      this.problem = words.issue.missing
      return
    }
    let achievement: Achievement
    try {
      achievement = parseAchievement(
        readAchievement(new FormData(this.#form()), this.skills, this.badge),
      )
      refuseHeavyImage(achievement, roster.count)
    } catch (thrown) {
      this.problem = words.failed(messageOf(thrown))
      return
    }
    this.isBusy = true
    this.problem = ''
    try {
      const slug = this.session.issuer?.slug ?? ''
      const batch = await issue(slug, achievement, roster.file, this.#validUntil(), this.#key)
      this.#clear()
      this.dispatchEvent(new CustomEvent('issued', { detail: batch.id }))
    } catch (thrown) {
      this.#onRefused(thrown, roster)
    }
    this.isBusy = false
  }

  /** What the service says of rows stands where the browser's own findings do. */
  #onRefused(thrown: unknown, roster: Roster): void {
    if (thrown instanceof ConsoleError && thrown.errors.length > 0) {
      this.roster = { ...roster, problems: thrown.errors }
    }
    if (thrown instanceof ConsoleError && thrown.status !== 401 && thrown.status !== 0) {
      this.problem = consoleWords().failed(thrown.message)
    } else trouble(this, thrown)
  }

  #clear(): void {
    this.#form().reset()
    this.skills = []
    this.badge = undefined
    this.roster = undefined
    this.achievement = undefined
    this.#key = crypto.randomUUID()
  }
}

customElements.define('new-batch', NewBatch)
