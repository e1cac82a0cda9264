import { html, nothing, type TemplateResult } from 'lit'
import { imageLimit } from '../../core/achievement.ts'
import { namesOf } from '../../core/open-badges/badge-names.ts'
import { visible } from '../text.ts'
import { consoleWords } from '../words/console.ts'
import type { Badge } from './badge.ts'
import { type Alignment, eqfLevel, escoLabels } from './skills.ts'

const levels = ['1', '2', '3', '4', '5', '6', '7', '8']
const startType = 'MicroCredential'

/** What stands beside the plain fields, and what is done with it. */
export interface FormParts {
  readonly skills: readonly Alignment[]
  readonly badge: Badge | undefined
  readonly skillProblem: string
  readonly badgeProblem: string
  readonly onSkill: () => void
  readonly onFree: () => void
  readonly onRemove: (url: string) => void
  readonly onImage: (event: Event) => void
  readonly onImageGone: () => void
}

/** The fields of an achievement. */
export function achievementFields(parts: FormParts): TemplateResult {
  const words = consoleWords().form
  return html`<label>${words.name} <input name="name" required maxlength="400" /></label>
    <label>${words.description} <textarea name="description" rows="3" required maxlength="10000"></textarea></label>
    <label>${words.narrative} <textarea name="narrative" rows="3" required maxlength="20000"></textarea></label>
    <label>${words.criteriaUrl} <input name="criteriaUrl" type="url" maxlength="2048" dir="ltr" placeholder="https://" /></label>
    <div class="pair">
      <label>${words.type}
        <select name="achievementType">
          ${namesOf.achievementType.map((name) => html`<option value=${name} lang="en" ?selected=${name === startType}>${name.replace(/(?<=[a-z])(?=[A-Z])/g, ' ')}</option>`)}
        </select>
      </label>
      <label>${words.level}
        <select name="level">
          <option value="">${words.noLevel}</option>
          ${levels.map((level) => html`<option>${level}</option>`)}
        </select>
      </label>
      <label>${words.credits} <input name="credits" type="number" min="0" max="100000" step="any" /></label>
      <label>${words.validUntil} <input name="validUntil" type="date" /></label>
    </div>
    ${skillsView(parts)} ${imageView(parts)}`
}

function skillsView({
  skills,
  skillProblem,
  onSkill,
  onFree,
  onRemove,
}: FormParts): TemplateResult {
  const words = consoleWords().form
  return html`<fieldset>
    <legend>${words.skills}</legend>
    ${
      skills.length === 0
        ? nothing
        : html`<ul class="skills">
      ${skills.map(
        ({ targetName, targetUrl, targetFramework }) =>
          html`<li title=${targetUrl}>
            <bdi>${visible(targetName)}</bdi> ${targetFramework ? html`<small>${targetFramework}</small>` : nothing}
            <button type="button" class="drop" aria-label=${words.remove(visible(targetName))} @click=${() => onRemove(targetUrl)}>×</button>
          </li>`,
      )}
    </ul>`
    }
    <div class="line">
      <label for="skill">${words.skillSearch}</label>
      <input id="skill" list="esco" autocomplete="off" @keydown=${onEnter(onSkill)} />
      <datalist id="esco">${escoLabels.map((label) => html`<option value=${label}></option>`)}</datalist>
      <button type="button" class="quiet" @click=${onSkill}>${words.skillAdd}</button>
    </div>
    <div class="line">
      <label for="free-name">${words.freeName}</label>
      <input id="free-name" maxlength="400" @keydown=${onEnter(onFree)} />
      <label for="free-url">${words.freeUrl}</label>
      <input id="free-url" maxlength="2048" dir="ltr" placeholder="https://" @keydown=${onEnter(onFree)} />
      <button type="button" class="quiet" @click=${onFree}>${words.freeAdd}</button>
    </div>
    <p class="mind" role="alert">${skillProblem}</p>
  </fieldset>`
}

function imageView({ badge, badgeProblem, onImage, onImageGone }: FormParts): TemplateResult {
  const words = consoleWords().form
  return html`<div class="badge">
    <label>${words.image}
      <input type="file" accept="image/png,image/svg+xml,image/jpeg,image/webp" aria-describedby="image-note" @change=${onImage} />
    </label>
    <p id="image-note" class="aside">${words.imageNote(imageLimit)}</p>
    <p class="mind" role="alert">${badgeProblem}</p>
    ${
      badge
        ? html`<p class="row">
          <img src=${badge.url} alt=${words.imageAlt} width="72" />
          ${badge.width === undefined ? nothing : html`<span class="aside">${words.imageSize(badge.width, badge.url.length)}</span>`}
          <button type="button" class="quiet" @click=${onImageGone}>${words.imageRemove}</button>
        </p>`
        : nothing
    }
  </div>`
}

/** Enter in a field of a list adds to it; the batch is not issued by that. */
function onEnter(add: () => void) {
  return (event: KeyboardEvent) => {
    if (event.key !== 'Enter') return
    event.preventDefault()
    add()
  }
}

/** What the form says, for core to parse. */
export function readAchievement(
  data: FormData,
  skills: readonly Alignment[],
  badge: Badge | undefined,
): unknown {
  const text = (name: string) => String(data.get(name) ?? '').trim()
  const [criteriaUrl, level, credits] = [text('criteriaUrl'), text('level'), text('credits')]
  const alignment = [...skills, ...(level === '' ? [] : [eqfLevel(level)])]
  return {
    name: text('name'),
    description: text('description'),
    criteria: {
      ...(criteriaUrl !== '' && { id: criteriaUrl }),
      narrative: text('narrative'),
    },
    achievementType: text('achievementType'),
    ...(credits !== '' && { creditsAvailable: Number(credits) }),
    ...(alignment.length > 0 && { alignment }),
    ...(badge && { image: { id: badge.url } }),
  }
}
