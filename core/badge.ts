import { breakLines, plainText } from './lettering.ts'
import { rosette } from './rosette.ts'

/** What a badge says. Every text is untrusted. */
export interface BadgeWords {
  readonly name: string
  readonly issuer: string
  /** Open Badges 3.0 `achievementType`, for example `MicroCredential`. */
  readonly kind: string | undefined
}

const serif =
  "'Iowan Old Style','Palatino Linotype',Palatino,'URW Palladio L',P052,Georgia,'Noto Serif',serif"
const sans = "system-ui,-apple-system,'Segoe UI',Roboto,Cantarell,'Noto Sans',sans-serif"

interface Setting {
  readonly size: number
  readonly lines: number
  readonly width: number
}

// The larger the letters, the fewer lines; a circle is widest in its middle.
const nameSettings: readonly Setting[] = [
  { size: 60, lines: 1, width: 310 },
  { size: 46, lines: 2, width: 320 },
  { size: 40, lines: 3, width: 324 },
  { size: 34, lines: 4, width: 324 },
  { size: 28, lines: 5, width: 324 },
  { size: 24, lines: 6, width: 324 },
]
const kindSettings: readonly Setting[] = [15, 13, 11].map((size) => ({
  size,
  lines: 1,
  width: 256,
}))
const petals = 40

/** More than this is never on a badge, and is not measured. */
const maxText = 400

/** A badge for an achievement that has no image of its own: an SVG image of about 10 kB, its texts escaped. */
export function drawBadge(words: BadgeWords): string {
  const name = plainText(words.name.slice(0, maxText)) || 'Credential'
  const issuer = plainText(words.issuer.slice(0, maxText))
  const kind = plainText(spaced((words.kind ?? '').slice(0, maxText))) || 'Open Badge'
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 512 512" width="512" height="512" role="img" aria-labelledby="badge-title">
<title id="badge-title">${escapeText(issuer ? `${name}, ${issuer}` : name)}</title>
<g transform="translate(256 256)" fill="none" stroke="#0b6350">
<g stroke-width="1.1" stroke-opacity=".55">
<path id="badge-wave" d="${rosette(204, 250, petals, 1)}"/>
${[1, 2, 3].map((turn) => `<use href="#badge-wave" transform="rotate(${(turn * 360) / petals / 4})"/>`).join('')}
</g>
<circle r="203" fill="#fbfdfc" stroke-width="4"/>
<circle r="192" stroke="#bcc8c3" stroke-width="1.2"/>
<path d="M-34 106 H34" stroke-width="2"/>
</g>
<g text-anchor="middle" style="unicode-bidi:plaintext">
${setKind(kind.toUpperCase())}
${setName(name)}
${setIssuer(issuer)}
</g>
</svg>`
}

function setName(name: string): string {
  const { size, set } = fitted(name, nameSettings, 1)
  const leading = size * 1.18
  const top = 250 - ((set.length - 1) * leading) / 2 + size * 0.34
  return set
    .map((text, i) =>
      place(
        text,
        top + i * leading,
        `font-family="${serif}" font-size="${size}" font-weight="600" fill="#13231e"`,
      ),
    )
    .join('\n')
}

function setIssuer(issuer: string): string {
  return breakLines(issuer, 232 / 18, 2)
    .map((text, i) =>
      place(text, 391 + i * 23, `font-family="${sans}" font-size="18" fill="#475953"`),
    )
    .join('\n')
}

function setKind(kind: string): string {
  // Letters stand apart by a seventh of their size.
  const { size, set } = fitted(kind, kindSettings, 1.2)
  const look = `font-family="${sans}" font-size="${size}" font-weight="600" letter-spacing="${(size / 7).toFixed(1)}" fill="#0b6350"`
  return set.map((text) => place(text, 128, look)).join('')
}

/** The largest setting that holds all of the text, or the last, shortened. `stretch` is how much wider than usual letters stand. */
function fitted(
  text: string,
  settings: readonly Setting[],
  stretch: number,
): { readonly size: number; readonly set: readonly string[] } {
  const linesOf = ({ size, width }: Setting, count: number) =>
    breakLines(text, width / size / stretch, count)
  const last = settings.at(-1) as Setting
  const setting =
    settings.find((each) => linesOf(each, each.lines + 1).length <= each.lines) ?? last
  return { size: setting.size, set: linesOf(setting, setting.lines) }
}

function place(text: string, y: number, look: string): string {
  return `<text x="256" y="${y.toFixed(1)}" ${look}>${escapeText(text)}</text>`
}

/** `MicroCredential` → `Micro Credential`. */
function spaced(kind: string): string {
  return kind.replace(/^ext:/, '').replace(/(?<=[a-z])(?=[A-Z])/g, ' ')
}

function escapeText(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
