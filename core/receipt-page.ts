import { formatLevels, readScope } from './accreditation-scope.ts'
import { drawBadge } from './badge.ts'
import { plainText } from './lettering.ts'
import { type Markup, markup, trusted } from './markup.ts'
import type { PrintedCode } from './printed-code.ts'
import { receiptStyle } from './receipt-style.ts'
import type { Check, Report } from './report.ts'

/** What is printed. `report` is that of the receipt's credential, read with proofs at the receipt's block. */
export interface PrintedReceipt {
  readonly report: Report
  readonly code: PrintedCode | undefined
  /** The address of the check page that the code leads to; without one only `npx hardhat check` reads it. */
  readonly page: string | undefined
  readonly blockHash: string
}

/** Longer texts are shortened: a sheet has so much room. */
const mostText = 240

/**
 * A receipt as a page for people, who print it or show it: self-contained HTML of one sheet of A4, without scripts. Every text of the
 * credential is untrusted, and escaped.
 *
 * Paper proves nothing: it says how things stood, and carries what one checks it with.
 */
export function receiptPage(receipt: PrintedReceipt): string {
  const { report } = receipt
  const { credential, anchor } = report
  const { look, sign, word, told } = standingOf(report)
  const at = anchor?.block
  const asOf = at
    ? `As of block ${grouped(at.number)} of ${anchor.chainName}, ${momentOf(at.time)}.`
    : ''
  const holder = short(credential?.holder ?? 'its holder')
  const name = short(credential?.name ?? 'Credential')
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${name}: ${holder}</title>
<style>${trusted(receiptStyle)}</style>
</head>
<body>
<main class="sheet ${look}">
<header class="top"><p class="brand">${brandMark} Rootmark</p><p>Receipt of a credential${at ? `, ${dayOf(at.time)}` : ''}</p></header>
<section class="award">
<div class="words">
<p class="holder${lengthOf(holder, 26)}">${holder}</p>
<p class="link">was awarded</p>
<h1${trusted(name.length > 48 ? ' class="long"' : '')}>${name}</h1>
${issuerLines(report)}
</div>
<div class="badge">${trusted(badgeOf(report))}</div>
</section>
<section class="standing"><svg viewBox="0 0 64 64" aria-hidden="true"><circle class="disc" cx="32" cy="32" r="30"/><path class="sign" d="${sign}"/></svg><div>
<p class="word">${word}</p>
${told === '' ? markup`` : markup`<p class="told">${told}</p>`}
<p>${asOf}</p>
${anchor?.testNetwork ? markup`<p class="test">Anchored on a test network: not for real use.</p>` : markup``}</div></section>
<dl class="facts">${factsOf(report).map(([term, fact]) => markup`<div><dt>${term}</dt><dd>${fact}</dd></div>`)}</dl>
<section class="check">${codeFigure(receipt)}<div><h2>How to check this sheet</h2><ol>${stepsOf(receipt).map((step) => markup`<li>${step}</li>`)}</ol></div></section>
<footer class="foot"><dl>${tracesOf(receipt).map(([term, fact]) => markup`<dt>${term}</dt><dd><code>${fact}</code></dd>`)}</dl></footer>
</main>
</body>
</html>
`.markup
}

const signs = {
  tick: 'M18 33.5 28 43.5 46.5 22',
  cross: 'M21 21 43 43M43 21 21 43',
  question: 'M24 25c0-12 17-12 17-1 0 7-9 7-9 13M32 46v.5',
}

/** What the state of the block says first: what ended the credential, that nothing did, or why that is not known. */
function standingOf({ checks }: Report) {
  const find = (test: (check: Check) => boolean) => checks.find(test)
  const invalid = find(({ outcome }) => outcome === 'invalid')
  const status = find(({ name }) => name === 'status')
  if (invalid) {
    const words: Readonly<Record<string, string>> = {
      revoked: 'Revoked by the issuer',
      suspended: 'Suspended by the issuer',
      withdrawn: 'Withdrawn by the issuer',
      expired: 'Expired',
      not_yet_valid: 'Not valid yet',
    }
    const word = words[invalid.code] ?? 'Not valid'
    return { look: 'ended', sign: signs.cross, word, told: short(invalid.message) }
  }
  if (status?.outcome === 'valid') {
    return { look: 'clear', sign: signs.tick, word: 'Neither revoked nor suspended', told: '' }
  }
  const told = short(status?.message ?? '')
  return { look: 'open', sign: signs.question, word: 'Its standing is not known', told }
}

/** A name is the accreditor's word where there is one, and otherwise said to be the credential's own. */
function issuerLines({ credential, accreditation }: Report): Markup {
  if (!accreditation) {
    const name = short(credential?.issuer.name ?? credential?.issuer.id ?? '')
    return markup`<p class="link">by</p><p class="issuer">${name}</p><p class="vouch">The issuer’s name is as the credential states it.</p>`
  }
  const { accreditors, issuerName, scope } = accreditation
  const by = short(
    accreditors
      .map(({ name }) => name)
      .reverse()
      .join(', which is accredited by '),
  )
  return markup`<p class="link">by</p><p class="issuer">${short(issuerName)}</p><p class="vouch">accredited by ${by}${withinOf(scope)}</p>`
}

/** What the accreditation is for (format rule 15), as a part of a sentence; in its own words where it is written for people. */
function withinOf(text: string): string {
  const scope = readScope(text)
  if (!scope) return `, for: ${short(text)}`
  const { types, eqf, isced } = scope
  return [
    types
      ? `, for ${types.map((type) => type.replace(/(?<=[a-z])(?=[A-Z])/g, ' ')).join(', ')}`
      : '',
    eqf ? `, at EQF ${eqf.length > 1 ? 'levels' : 'level'} ${formatLevels(eqf)}` : '',
    isced ? `, in ISCED-F ${isced.length > 1 ? 'fields' : 'field'} ${isced.join(', ')}` : '',
  ].join('')
}

function badgeOf({ credential, accreditation }: Report): string {
  const { name = '', achievementType: kind, issuer } = credential ?? {}
  return drawBadge({ name, issuer: accreditation?.issuerName ?? issuer?.name ?? '', kind })
}

function factsOf({ credential, anchor }: Report): readonly (readonly [string, string])[] {
  const { validFrom, validUntil, result, credits, skills = [] } = credential ?? {}
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['Valid from (UTC)', validFrom && dayOf(validFrom)],
    ['Valid until', validUntil ? dayOf(validUntil) : 'without end'],
    ['Result', result && short(result, 60)],
    ['Credits', credits === undefined ? undefined : String(credits)],
    ['Anchored', anchor && momentOf(anchor.anchoredAt)],
    [
      'Skills',
      skills.length > 0 ? short(skills.map(({ name }) => name).join(', '), 110) : undefined,
    ],
  ]
  return facts.flatMap(([term, fact]) => (fact ? [[term, fact] as const] : []))
}

/** Codes need four light modules around them. */
const quiet = 4

function codeFigure({ code, page }: PrintedReceipt): Markup {
  if (!code) return markup``
  const { size, path, carries, text } = code
  const caption =
    carries === 'link'
      ? `A link to the credential at ${hostOf(text)}`
      : page === undefined
        ? 'The credential itself, for npx hardhat check'
        : `The credential itself, for the page at ${hostOf(page)}`
  const side = size + 2 * quiet
  const drawing = markup`<svg viewBox="${-quiet} ${-quiet} ${side} ${side}" role="img" aria-label="QR code: ${caption}"><path d="${path}"/></svg>`
  // Who reads it on the very phone cannot scan it.
  const opened = /^https?:/.test(text) ? markup`<a href="${text}">${drawing}</a>` : drawing
  return markup`<figure class="code">${opened}<figcaption>${caption}</figcaption></figure>`
}

function stepsOf({ code, page, report }: PrintedReceipt): readonly Markup[] {
  const chain = report.anchor?.chainName ?? 'its chain'
  const offline = markup`Who has the receipt’s file needs <strong>no network</strong>: it is checked against the block’s hash below (<code>npx hardhat check --offline</code>).`
  const compare = markup`<strong>Compare</strong> what the check shows with this sheet, and the name with the person before you. What the check shows counts: paper can be altered.`
  const today = markup`The check tells how things stand <strong>today</strong>, as ${chain} has it. This sheet tells only how they stood at its block.`
  if (!code)
    return [
      markup`Ask for the credential’s file and check it on any page of Rootmark.`,
      today,
      offline,
    ]
  if (code.carries === 'link') {
    return [
      markup`<strong>Scan the code</strong> with a phone’s camera. It fetches the credential from ${hostOf(code.text)}, and your browser checks it there.`,
      compare,
      today,
      offline,
    ]
  }
  const scan =
    page === undefined
      ? markup`<strong>Scan the code</strong>, keep the text in a file and run <code>npx hardhat check file.txt</code>. The code carries the credential itself.`
      : markup`<strong>Scan the code</strong> with a phone’s camera. It opens ${hostOf(page)}, and your browser checks the credential, which the code itself carries: nothing of it is sent to that site.`
  return [scan, compare, today, offline]
}

function tracesOf({ report, blockHash }: PrintedReceipt): readonly (readonly [string, string])[] {
  const { anchor, credential } = report
  if (!anchor) return []
  return [
    [`Block ${anchor.block.number}`, blockHash],
    ['Chain, registry', `${anchor.chainId}, ${anchor.registry}`],
    ['Issuer’s account', anchor.issuer],
    ['Credential', short(credential?.id ?? '', 120)],
  ]
}

/** A root that branches to leaves, one way down it marked. */
const brandMark = markup`<svg viewBox="0 0 32 32" aria-hidden="true"><path class="twigs" d="M16 6 24 15M24 15V26M24 15 29 26M8 15 3 26"/><path class="way" d="M16 6 8 15 13 26"/><circle cx="16" cy="6" r="4"/><circle cx="13" cy="26" r="3"/></svg>`

function short(text: string, most = mostText): string {
  const letters = [...plainText(text.slice(0, 4 * most))]
  return letters.length <= most ? letters.join('') : `${letters.slice(0, most - 1).join('')}…`
}

function lengthOf(text: string, most: number): string {
  return text.length > most ? ' long' : ''
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url.slice(0, 80)
}

function grouped(number: number): string {
  return String(number).replace(/\B(?=(?:\d{3})+$)/g, ',')
}

const months =
  'January February March April May June July August September October November December'.split(' ')

/** `2026-11-23T20:16:00Z` → `23 November 2026`; what is no such time stays as it is. */
function dayOf(time: string): string {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)T/.exec(time) ?? []
  return year ? `${Number(day)} ${months[Number(month) - 1]} ${year}` : short(time, 40)
}

function momentOf(time: string): string {
  return `${dayOf(time)}, ${time.slice(11, 16)} UTC`
}
