import { css, html, nothing, render, type TemplateResult, unsafeCSS } from 'lit'
import { checksView } from '../checks.ts'
import { direction, language } from '../language.ts'
import { type Run, startRun } from '../run.ts'
import { loadSettings } from '../settings.ts'
import { linkSource } from '../source.ts'
import base from '../styles/base.css?inline'
import styles from '../styles/embed.css?inline'
import reportStyles from '../styles/report.css?inline'
import verdictStyles from '../styles/verdict.css?inline'
import { shown } from '../text.ts'
import { spoken, verdictView } from '../verdict.ts'
import { report as words } from '../words/report.ts'
import type { Told } from './element.ts'

const sheets = [base, verdictStyles, reportStyles, styles].map(
  (sheet) =>
    css`
      ${unsafeCSS(sheet)}
    `.styleSheet as CSSStyleSheet,
)

/** Checks the credential at `src` and shows the answer in `root`; what it gives back ends it. */
export function showCard(
  root: ShadowRoot,
  {
    src,
    config,
    theme,
    tell,
  }: {
    readonly src: string
    /** Where the settings are: whom is trusted, whom is asked. */
    readonly config: string
    readonly theme: 'light' | 'dark' | undefined
    readonly tell: (told: Told) => void
  },
): () => void {
  root.adoptedStyleSheets = sheets
  let isOver = false
  let cancel: (() => void) | undefined
  const draw = (run: Run) => {
    render(cardView(run, theme), root)
    if (run.report) tell({ verdict: run.report.verdict, reason: run.report.reason })
    else if (run.refusal) tell({ verdict: 'refused', reason: run.refusal.code })
  }
  // Settings that cannot be had leave the answer open; they are asked anew by each element.
  void loadSettings(config).then((settings) => {
    if (!isOver) cancel = startRun(linkSource(src, location.href), settings, draw).cancel
  })
  return () => {
    isOver = true
    cancel?.()
  }
}

function cardView(run: Run, theme: string | undefined): TemplateResult {
  const { credential, accreditation } = run.report ?? {}
  const issuer = accreditation?.issuerName ?? credential?.issuer.name ?? credential?.issuer.id
  return html`<div class="card ${theme ?? ''}" lang=${language()} dir=${direction(language())}>
    <p class="spoken" role="status">${spoken(run)}</p>
    ${verdictView(run)}
    ${
      issuer === undefined
        ? nothing
        : html`<p class="issuer">
            ${words().credential.issuer}: ${shown(issuer, 120)}
            <small>${
              accreditation
                ? words().credential.accredited(
                    accreditation.accreditors.map(({ name }) => name).join(', '),
                  )
                : words().credential.statedOnly
            }</small>
          </p>`
    }
    ${
      run.report
        ? html`<details>
            <summary>${words().checks.title}</summary>
            ${checksView(run.report.checks)}
          </details>`
        : nothing
    }
  </div>`
}
