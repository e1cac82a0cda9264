import { html, nothing, type TemplateResult } from 'lit'
import { coreText } from '../text.ts'
import { presentationWords } from '../words/presentation.ts'

interface Takers {
  readonly onFile: (file: File) => void
  readonly onText: (text: string) => void
}

/** Takes a presentation: a file that is chosen, or a text that is pasted. */
export function intakeView(isCompact: boolean, takers: Takers): TemplateResult {
  const words = presentationWords().intake
  const fields = html`<div class="intake">
    <label class="file">${words.file} <input id="file" type="file" accept=".json,.pdf,application/json,application/pdf" @change=${onFile(takers)} /></label>
    <form @submit=${onSubmit(takers)}>
      <label for="text">${words.paste}</label>
      <textarea id="text" rows="3" dir="ltr" spellcheck="false" autocomplete="off"></textarea>
      <button type="submit">${words.open}</button>
    </form>
  </div>`
  return isCompact
    ? html`<details class="again"><summary>${words.another}</summary>${fields}</details>`
    : html`<section class="first" aria-label=${words.title}>${fields}</section>`
}

/** Takes what was asked for. */
export function questionForm(isOpen: boolean, refusal: string, takers: Takers): TemplateResult {
  const words = presentationWords().question
  return html`<div class="own">
    ${isOpen ? nothing : html`<p class="aside">${words.none}</p>`}
    ${refusal === '' ? nothing : html`<div class="problem" role="alert"><p>${words.unreadable}</p><p>${coreText(refusal)}</p></div>`}
    <div class="intake">
      <label class="file">${words.open} <input id="question-file" type="file" accept=".json,application/json" @change=${onFile(takers)} /></label>
      <form @submit=${onSubmit(takers)}>
        <label for="question-text">${words.paste}</label>
        <input id="question-text" dir="ltr" spellcheck="false" autocomplete="off" />
        <button type="submit" class="quiet">${words.use}</button>
      </form>
    </div>
  </div>`
}

/** Takes the address that whoever checks knows the person by. */
export function personView(email: string, onPerson: (email: string) => void): TemplateResult {
  const words = presentationWords().person
  const submit = (event: Event) => {
    event.preventDefault()
    const form = event.target as HTMLFormElement
    onPerson(String(new FormData(form).get('email') ?? '').trim())
  }
  return html`<form class="person" @submit=${submit}>
    <label for="email">${words.label}</label>
    <input id="email" name="email" type="email" maxlength="320" dir="ltr" autocomplete="off" .value=${email} aria-describedby="email-note" />
    <button type="submit" class="quiet">${words.use}</button>
    <p id="email-note" class="aside">${words.note}</p>
  </form>`
}

function onFile({ onFile: take }: Takers) {
  return (event: Event) => {
    const input = event.target as HTMLInputElement
    const [file] = input.files ?? []
    if (file) take(file)
    input.value = '' // The same file, corrected, can be chosen again.
  }
}

function onSubmit({ onText }: Takers) {
  return (event: Event) => {
    event.preventDefault()
    const form = event.target as HTMLFormElement
    const field = form.querySelector<HTMLInputElement | HTMLTextAreaElement>('input, textarea')
    const text = field?.value.trim() ?? ''
    if (text === '') field?.focus()
    else onText(text)
  }
}
