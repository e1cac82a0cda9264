/** How a printed receipt looks: one sheet of A4, the same on a screen, and a column on a phone. Always light, as paper is. */
export const receiptStyle = `
@page { size: A4; margin: 0; }
:root { color-scheme: only light;
  --ink: #13231e; --muted: #475953; --line: #bcc8c3; --hair: #dde5e1; --brand: #0b6350; --tint: #eef5f2;
  --serif: "Iowan Old Style", "Palatino Linotype", Palatino, "URW Palladio L", P052, Georgia, "Noto Serif", serif;
  --sans: system-ui, -apple-system, "Segoe UI", Roboto, Cantarell, "Noto Sans", "Open Sans", sans-serif;
  --mono: ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; }
.ended { --brand: #a3182b; --tint: #fbe8e8; }
.open { --brand: #51418f; --tint: #eeebf8; }
*, *::before, *::after { box-sizing: border-box; }
body { margin: 0; background: #edf1ef; color: var(--ink); font: 10pt / 1.45 var(--sans); }
h1, h2, p, dl, dd, ol, figure { margin: 0; padding: 0; }
h1, h2, p, dd, li { overflow-wrap: anywhere; unicode-bidi: plaintext; }
.sheet { position: relative; display: flex; flex-direction: column; gap: 4mm; width: 210mm; min-height: 297mm; margin: 8mm auto; padding: 13mm 16mm 11mm;
  background: #fff; box-shadow: 0 1px 6px rgb(19 35 30 / .18); overflow: hidden; }
.sheet::before { content: ""; position: absolute; inset: 6mm; border: .7mm double var(--brand); opacity: .6; pointer-events: none; }
.top { display: flex; justify-content: space-between; align-items: center; gap: 6mm; color: var(--muted); font-size: 9pt; }
.brand { display: flex; white-space: nowrap; gap: 2.2mm; align-items: center; font: 600 12pt / 1 var(--serif); color: var(--ink); }
.brand svg { width: 7mm; fill: #0b6350; stroke-width: 2; stroke-linecap: round; }
.brand path { fill: none; } .twigs { stroke: var(--line); } .way { stroke: #0b6350; }
.award { display: flex; gap: 8mm; justify-content: space-between; align-items: center; margin-top: auto; }
.words { flex: 1; min-width: 0; }
.badge { flex: none; } .badge svg { display: block; width: 48mm; height: 48mm; }
.holder, h1, .issuer, .vouch, .told, dd { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; overflow: hidden; }
h1, .vouch { -webkit-line-clamp: 3; }
.holder { font: 600 27pt / 1.2 var(--serif); letter-spacing: -.01em; text-wrap: balance; }
.holder.long { font-size: 18pt; }
.link { margin: 2mm 0 .8mm; color: var(--muted); font-size: 10.5pt; }
h1 { font: 600 18pt / 1.2 var(--serif); color: #0b6350; text-wrap: balance; }
h1.long { font-size: 13.5pt; }
.issuer { font-size: 12pt; font-weight: 600; } .vouch { margin-top: .6mm; color: var(--muted); }
.standing { display: flex; gap: 5mm; align-items: center; margin-top: auto; padding: 3.2mm 5mm; border-left: 1.4mm solid var(--brand); background: var(--tint);
  print-color-adjust: exact; -webkit-print-color-adjust: exact; }
.standing svg { flex: none; width: 13mm; fill: none; stroke-linecap: round; stroke-linejoin: round; }
.disc { fill: var(--brand); } .sign { stroke: #fff; stroke-width: 5; }
.word { font: 600 15pt / 1.2 var(--serif); color: var(--brand); }
.test { margin-top: 1mm; font-weight: 600; }
.facts { display: grid; grid-template-columns: repeat(3, 1fr); gap: 2mm 6mm; margin-top: auto; }
dt { color: var(--muted); font-size: 8.5pt; } dd { font-variant-numeric: lining-nums tabular-nums; }
.check { display: flex; gap: 9mm; align-items: center; margin-top: auto; }
.code { flex: none; width: 78mm; } .code figcaption { padding: 0 4mm; } .code a { display: block; } .code svg { display: block; width: 100%; height: auto; shape-rendering: crispEdges; }
.code path { fill: #000; } .code figcaption { margin-top: 1mm; text-align: center; color: var(--muted); font-size: 8.5pt; line-height: 1.3; }
.check h2 { font: 600 14pt / 1.2 var(--serif); margin-bottom: 2.4mm; }
.check ol { padding-left: 5mm; } .check li { margin-bottom: 2.2mm; padding-left: 1mm; } .check li::marker { color: #0b6350; font-weight: 600; }
code { font: .86em / 1.4 var(--mono); overflow-wrap: anywhere; }
.foot { padding-top: 2mm; border-top: .2mm solid var(--line); color: var(--muted); font-size: 7.5pt; line-height: 1.4; }
.foot dl { display: grid; grid-template-columns: max-content 1fr; gap: 0 4mm; } .foot dt { font-size: 7.5pt; } .foot code { font-size: 7pt; color: var(--ink); } .foot dd { -webkit-line-clamp: 1; }
@media screen and (max-width: 215mm) {
  body { font-size: 1rem; background: #fff; }
  .sheet { width: auto; min-height: 0; margin: 0; padding: 1.5rem 1.25rem; box-shadow: none; gap: 1.5rem; } .sheet::before { display: none; }
  .top { flex-wrap: wrap; gap: .5rem; } .holder, h1, .issuer, .vouch, .told, dd { display: block; }
  .award, .check { flex-direction: column-reverse; align-items: stretch; gap: 1.25rem; } .check { flex-direction: column; }
  .badge svg { width: 9rem; height: 9rem; } .code { width: 100%; max-width: 24rem; margin: 0 auto; }
  .holder, .holder.long { font-size: 1.75rem; } h1, h1.long { font-size: 1.375rem; } .link { font-size: 1rem; }
  .facts { grid-template-columns: repeat(2, 1fr); gap: 1rem; } .standing { padding: 1rem; gap: 1rem; } .standing svg { width: 2.75rem; } .word { font-size: 1.25rem; }
  dt, .code figcaption { font-size: .8125rem; } .foot, .foot dt, .foot code { font-size: .75rem; } .foot dl { grid-template-columns: 1fr; } .foot dd { margin-bottom: .5rem; }
}
@media print { body { background: #fff; } .sheet { margin: 0; box-shadow: none; height: 296.9mm; min-height: 0; } }
`
