import { html, nothing, type TemplateResult } from 'lit'
import type { InvalidInputError } from '../core/error.ts'
import { type CredentialSummary, checkNames, type Report, type Verdict } from '../core/report.ts'
import { glanceView } from './glance.ts'
import { type Look, lookOf } from './look.ts'
import { moment } from './moment.ts'
import { PageRefusal } from './refusal.ts'
import type { Run } from './run.ts'
import { saveReport } from './save.ts'
import { dial, seal } from './seal.ts'
import { coreText, shown, visible } from './text.ts'
import { explain, wordOf, report as words } from './words/report.ts'

/** The answer in words, with its reason and what to do next; while a check runs, how far it is. */
export function verdictView(run: Run): TemplateResult {
  if (run.report) return reportView(run, run.report)
  if (run.refusal) return refusalView(run, run.refusal)
  const { progress, verdicts } = words()
  return panel('checking', dial(run.checks), [
    html`<h2 id="verdict" tabindex="-1"><span class="word">${verdicts.checking}</span></h2>`,
    html`<p class="reason">${run.state === 'reading' ? progress.reading : progress.asking}</p>`,
    html`<p class="source">${shown(run.label)}</p>`,
  ])
}

/** One line for those who hear the page: how far a check is, then its answer. */
export function spoken(run: Run | undefined): string {
  if (!run) return ''
  const { verdicts, progress } = words()
  if (run.report) {
    const { verdict } = run.report
    return `${verdicts[verdict]}: ${headlineOf(verdict, reasonOf(run.report))}.`
  }
  if (run.refusal) return `${verdicts.refused}: ${headlineOf('refused', run.refusal.code)}.`
  return run.state === 'reading'
    ? progress.reading
    : progress.settled(run.checks.length, checkNames.length)
}

function reportView(run: Run, report: Report): TemplateResult {
  const { verdict, summary, credential, anchor } = report
  const reason = reasonOf(report)
  const look = lookOf({ verdict, reason: report.reason, anchor })
  return panel(look === verdict ? verdict : `${verdict} ${look}`, seal(look), [
    heading({ verdict, look, reason, isTest: anchor?.testNetwork }),
    credential ? subjectView(credential) : nothing,
    // Core's sentence for a valid credential says what the headline says.
    verdict === 'valid' ? nothing : html`<p class="reason">${coreText(summary)}</p>`,
    nextStep(verdict, reason),
    glanceView(report.checks),
    report.reason === 'presentation_given' ? presentationView(run) : nothing,
    notesView(report),
    actionsView(report),
    html`<p class="source">
      ${shown(run.label)} · ${words().evidence.checkedAt} ${moment(report.checkedAt)}
    </p>`,
  ])
}

/** A presentation goes on to the page that checks those; what hands it over comes along where there is one. */
function presentationView({ content }: Run): TemplateResult {
  const open = async () => {
    const { presentationLink } = await import('./hand-over.ts')
    location.assign(await presentationLink(content))
  }
  return html`<p class="actions"><button type="button" @click=${open}>${words().openPresentation}</button></p>`
}

function actionsView(report: Report): TemplateResult {
  return html`<p class="actions">
    <button type="button" class="quiet" @click=${() => saveReport(report)}>${words().save}</button>
    <button type="button" class="quiet" @click=${() => window.print()}>${words().print}</button>
  </p>`
}

/** Core's reason, told more closely where the way on is another one. */
function reasonOf({ reason, anchor, accreditation }: Report): string {
  if (reason !== 'valid') return reason
  if (anchor?.testNetwork) return 'valid_on_test_network'
  // Anybody can sign or anchor in any name: the employer has to know whose key or account that is.
  return accreditation ? reason : 'valid_of_unvouched_issuer'
}

function refusalView(run: Run, refusal: InvalidInputError): TemplateResult {
  const { message, pointer, code } = refusal
  return panel('refused', seal('refused'), [
    heading({ verdict: 'refused', look: 'refused', reason: code }),
    html`<p class="reason">
      ${refusal instanceof PageRefusal ? sentence(message) : coreText(sentence(message))}
    </p>`,
    pointer === ''
      ? nothing
      : html`<p class="place">${words().where(isolated(visible(pointer)))}</p>`,
    nextStep('refused', code),
    html`<p class="source">${shown(run.label)}</p>`,
  ])
}

function panel(
  look: string,
  shape: TemplateResult,
  lines: readonly (TemplateResult | typeof nothing)[],
): TemplateResult {
  return html`<section class="verdict ${look}" aria-labelledby="verdict">
    ${shape}
    <div class="answer">${lines}</div>
  </section>`
}

function heading({
  verdict,
  look,
  reason,
  isTest = false,
}: {
  readonly verdict: Verdict | 'refused'
  readonly look: Look
  readonly reason: string
  readonly isTest?: boolean | undefined
}): TemplateResult {
  const isNarrower = look !== verdict && look !== 'trial'
  return html`<h2 id="verdict" tabindex="-1">
    <span class="word">${wordOf(look)}</span>
    ${isNarrower ? html`<span class="fold">${words().verdicts[verdict]}</span>` : nothing}
    ${isTest ? html`<span class="label">${words().notes.testLabel}</span>` : nothing}
    <span class="headline">${headlineOf(verdict, reason)}</span>
  </h2>`
}

/** Which credential the verdict is about, as it names itself. */
function subjectView({ name, holder }: CredentialSummary): TemplateResult {
  return html`<p class="subject">
    ${shown(name, 120)}${holder ? html` · ${shown(holder, 120)}` : nothing}
  </p>`
}

function headlineOf(verdict: Verdict | 'refused', reason: string): string {
  return explain(reason)?.headline ?? words().fallbackHeadlines[verdict]
}

function nextStep(verdict: Verdict | 'refused', reason: string): TemplateResult {
  return html`<div class="next">
    <h3>${words().next}</h3>
    <p>${explain(reason)?.next ?? words().fallbackNext[verdict]}</p>
  </div>`
}

/** What a good verdict does not say by itself. */
function notesView({
  anchor,
  accreditation,
  checks,
  verdict,
}: Report): TemplateResult | typeof nothing {
  const { notes } = words()
  const lines = [
    ...(anchor?.testNetwork && verdict !== 'invalid'
      ? [notes.testNetwork(visible(anchor.chainName))]
      : []),
    ...(verdict === 'valid' && checks.some(({ code }) => code === 'accreditation_not_asked')
      ? [notes.notAccredited]
      : []),
    ...(verdict === 'valid' && accreditation?.coverage === 'in_words'
      ? [notes.scopeInWords(visible(accreditation.scope))]
      : []),
    ...(anchor?.finality === 'included' ? [notes.notFinal] : []),
  ]
  if (lines.length === 0) return nothing
  return html`<div class="notes">
    <h3>${notes.title}</h3>
    <ul>
      ${lines.map((line) => html`<li>${line}</li>`)}
    </ul>
  </div>`
}

/** A place within JSON reads from left to right, whatever stands around it. UAX #9, LRI and PDI. */
function isolated(text: string): string {
  return `\u2066${text}\u2069`
}

function sentence(text: string): string {
  const plain = visible(text)
  const first = plain.charAt(0).toUpperCase() + plain.slice(1)
  return /[.!?]$/.test(first) ? first : `${first}.`
}
