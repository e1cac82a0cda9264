import type { Chart } from '../part.ts'
import { numberText } from './number.ts'

const width = 720
const nameWidth = 250
const barHeight = 22
const gap = 12
const top = 52
const right = 110

/** Bars on a scale from zero, as an SVG that follows the reader's light or dark scheme. */
export function chartSvg({ title, unit, bars }: Chart): string {
  const height = top + bars.length * (barHeight + gap) + 8
  const longest = Math.max(...bars.map(({ value }) => value))
  const room = width - nameWidth - right
  const lines = bars.map(({ name, value, isOurs }, i) => {
    const y = top + i * (barHeight + gap)
    const length = Math.max(2, (value / longest) * room)
    const middle = y + barHeight / 2 + 5
    return [
      `<text class="name" x="${nameWidth - 12}" y="${middle}" text-anchor="end">${escaped(name)}</text>`,
      `<rect class="${isOurs ? 'ours' : 'peer'}" x="${nameWidth}" y="${y}" width="${length.toFixed(1)}" height="${barHeight}" rx="3"/>`,
      `<text class="value" x="${(nameWidth + length + 8).toFixed(1)}" y="${middle}">${escaped(`${numberText(value)} ${unit}`)}</text>`,
    ].join('\n')
  })
  const spoken = bars.map(({ name, value }) => `${name}: ${numberText(value)} ${unit}`).join('; ')
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title spoken">
<title id="title">${escaped(title)}</title>
<desc id="spoken">${escaped(spoken)}</desc>
<style>
text { font: 14px system-ui, -apple-system, "Segoe UI", sans-serif; fill: #1f2933; }
.head { font-size: 16px; font-weight: 600; }
.ours { fill: #1a6b54; }
.peer { fill: #9aa5b1; }
@media (prefers-color-scheme: dark) {
text { fill: #e4e7eb; }
.ours { fill: #4cc38a; }
.peer { fill: #616e7c; }
}
</style>
<text class="head" x="8" y="26">${escaped(title)}</text>
${lines.join('\n')}
</svg>
`
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
