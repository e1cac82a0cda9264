/** How an audit's page looks: light and dark by the reader's choice, and on paper. */
export const pageStyle = `
:root { color-scheme: light dark;
  --paper: #edf1ef; --sheet: #fbfdfc; --ink: #13231e; --muted: #475953; --line: #bcc8c3; --hair: #dde5e1;
  --clear: #0b6350; --found: #a3182b; --unread: #51418f; --mind: #8a5300; --on: #ffffff;
  --found-tint: #fbe8e8; --unread-tint: #eeebf8;
  --serif: "Iowan Old Style", "Palatino Linotype", Palatino, "URW Palladio L", P052, Georgia, "Noto Serif", serif;
  --sans: system-ui, -apple-system, "Segoe UI", Roboto, Cantarell, "Noto Sans", "Open Sans", sans-serif;
  --mono: ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; }
@media (prefers-color-scheme: dark) { :root {
  --paper: #0e1513; --sheet: #16201d; --ink: #e5eeea; --muted: #a6b6b0; --line: #3a4a45; --hair: #25312d;
  --clear: #6fd0b2; --found: #ff9a98; --unread: #bfb2f6; --mind: #efc06b; --on: #0e1513;
  --found-tint: #341719; --unread-tint: #231f38; } }
*, *::before, *::after { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 100% / 1.5 var(--sans); }
header, main { max-width: 72rem; margin: 0 auto; padding: 1.25rem; }
h1, h2, p, dl, dd, ol, ul { margin: 0; padding: 0; }
h1, h2 { font-family: var(--serif); font-weight: 600; line-height: 1.15; text-wrap: balance; }
h2 { font-size: 1.5rem; margin-bottom: .75rem; }
section { margin-top: 1.25rem; padding: 1.5rem; background: var(--sheet); border: 1px solid var(--line); border-radius: .5rem; }
section > p { color: var(--muted); max-width: 46rem; margin-bottom: .75rem; }
code { font: .8125rem / 1.5 var(--mono); overflow-wrap: anywhere; }
a { color: inherit; text-underline-offset: .15em; }
a:focus-visible, .scroll:focus-visible { outline: 3px solid var(--unread); outline-offset: 2px; }
.aside { color: var(--muted); font-size: .875rem; }
.brand { display: flex; gap: .625rem; align-items: center; font: 600 1.125rem / 1 var(--serif); }
.brand svg { width: 2rem; fill: var(--clear); stroke-width: 2; stroke-linecap: round; }
.brand path { fill: none; } .twigs { stroke: var(--line); } .way { stroke: var(--clear); }
.verdict { display: flex; gap: 1.25rem; align-items: center; margin: 2rem 0 1rem; color: var(--clear); }
.verdict.found { color: var(--found); } .verdict.unread { color: var(--unread); }
.verdict svg { flex: none; width: 4.5rem; fill: none; stroke-linecap: round; stroke-linejoin: round; }
.verdict h1 { font-size: clamp(1.75rem, 1.3rem + 2.4vw, 3rem); letter-spacing: -.015em; }
.solid { fill: currentColor; } .ring { stroke: currentColor; stroke-width: 1.5; }
.stroke { stroke: var(--on); stroke-width: 5; } .stroke.dark { stroke: currentColor; }
.figures { display: grid; grid-template-columns: repeat(2, 1fr); gap: 1px; overflow: hidden;
  border: 1px solid var(--line); border-radius: .5rem; background: var(--line); }
.figures div { display: flex; flex-direction: column-reverse; justify-content: flex-end; padding: 1rem; background: var(--sheet); }
.figures dd { font: 600 1.75rem / 1.2 var(--serif); font-variant-numeric: lining-nums tabular-nums; }
.figures dt { color: var(--muted); font-size: .8125rem; line-height: 1.35; }
.findings { list-style: none; display: grid; gap: .5rem; }
.findings li { padding: .75rem 1rem; border-left: 4px solid var(--found); background: var(--found-tint); overflow-wrap: anywhere; }
.findings p, .whose, header .aside { unicode-bidi: plaintext; overflow-wrap: anywhere; }
.findings li.unread { border-color: var(--unread); border-left-style: dashed; background: var(--unread-tint); }
.findings li.note { border-color: var(--mind); border-left-style: dotted; background: none; }
.findings .aside { display: flex; flex-wrap: wrap; gap: .125rem 1rem; margin-top: .25rem; }
.legend { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; list-style: none; margin-bottom: 1rem; color: var(--muted); font-size: .875rem; }
.legend li { display: flex; gap: .5rem; align-items: center; } .legend svg { height: 1rem; }
.scroll { overflow-x: auto; }
.timeline { display: block; width: 100%; min-width: 60rem; font: 12px var(--sans); fill: var(--ink); }
.timeline text { font-variant-numeric: tabular-nums; }
.tick line { stroke: var(--hair); } .tick text { text-anchor: middle; fill: var(--muted); }
.end line { stroke: var(--muted); stroke-dasharray: 2 3; } .end text { text-anchor: end; fill: var(--muted); }
.head text { fill: var(--muted); } .head text:first-child, .number, .size { text-anchor: end; }
.ended { fill: var(--mind); } .head .ended { fill: var(--muted); }
.lane { color: var(--clear); text-decoration: none; } .lane.found { color: var(--found); } .lane.unread { color: var(--unread); }
.lane.found .number { fill: var(--found); font-weight: 700; }
.hit { fill: transparent; } .lane:hover .hit { fill: var(--hair); }
.life { stroke: currentColor; stroke-width: 1.75; opacity: .5; } .after { stroke: var(--line); stroke-dasharray: 1 4; }
.dense .life { stroke-width: 1; opacity: .28; } .dense .found .life, .dense .unread .life { opacity: .9; }
.dense .sign { stroke-width: .75; } .dense .change { stroke-width: 2; }
.sign { fill: currentColor; stroke: var(--sheet); stroke-width: 1.5; }
.lane.unread .sign { fill: var(--sheet); stroke: currentColor; }
.change { fill: none; stroke: var(--mind); stroke-width: 2.25; stroke-linecap: round; }
.suspended { stroke: var(--unread); } .reinstated { stroke: var(--clear); }
table { width: 100%; min-width: 52rem; border-collapse: collapse; font-size: .875rem; font-variant-numeric: tabular-nums; }
th, td { padding: .375rem .75rem .125rem 0; text-align: left; vertical-align: top; }
thead th { color: var(--muted); font-weight: 400; border-bottom: 1px solid var(--line); padding-bottom: .375rem; }
td.count, th.count { text-align: right; padding-right: 1.5rem; } .root { padding-top: 0; padding-bottom: .5rem; color: var(--muted); } .mind { color: var(--mind); }
tbody { border-bottom: 1px solid var(--hair); } tbody.found th { color: var(--found); } tbody.unread th { color: var(--unread); }
tbody:target, .findings li:target { outline: 2px solid var(--unread); outline-offset: 2px; }
.vouched td, .vouched th { padding-bottom: .375rem; } .vouched th, .vouched .when { white-space: nowrap; } .text { overflow-wrap: anywhere; min-width: 9rem; unicode-bidi: plaintext; }
.faults { color: var(--found); } .unread .faults { color: var(--unread); } .faults::before { content: "· "; }
.evidence div { display: grid; gap: .125rem 1.5rem; padding: .625rem 0; border-top: 1px solid var(--hair); }
.evidence dt { font-weight: 600; } .evidence dd { display: grid; gap: .25rem; overflow-wrap: anywhere; max-width: 52rem; }
@media (min-width: 40rem) { .evidence div { grid-template-columns: 12rem 1fr; } .figures { grid-template-columns: repeat(3, 1fr); } }
@media (min-width: 64rem) { .figures { grid-template-columns: repeat(6, 1fr); } }
@media print {
  :root { --paper: #fff; --sheet: #fff; --ink: #000; --muted: #333; --line: #888; --hair: #ddd;
    --clear: #0b6350; --found: #a3182b; --unread: #51418f; --mind: #8a5300; --on: #fff; --found-tint: #fff; --unread-tint: #fff; }
  body { font-size: 9.5pt; } header, main { padding: 0; max-width: none; }
  section { border: 0; padding: 0; margin-top: 1.5rem; } .figures { break-inside: avoid; }
  .findings li, tbody, h2 { break-inside: avoid; } h2 { break-after: avoid; }
  .scroll { overflow: visible; } .timeline, table { min-width: 0; } .timeline { max-height: 240mm; break-inside: avoid; }
  .evidence div { break-inside: avoid; grid-template-columns: 12rem 1fr; } .solid, .sign { print-color-adjust: exact; }
}
`
