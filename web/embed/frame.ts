import './element.ts'

// The page of `GET /embed/:id`, made to stand in a frame of another site. It knows nothing of that site, and tells it height and verdict.

const id = location.pathname.split('/').at(-1) ?? ''
const element = document.createElement('credential-check')
element.setAttribute('src', `../credentials/${encodeURIComponent(decodeURIComponent(id))}`)
element.setAttribute('config', new URL('../config.json', location.href).href)
const theme = new URLSearchParams(location.search).get('theme')
if (theme !== null) element.setAttribute('theme', theme)

let verdict: unknown
const tell = () => {
  const height = Math.ceil(document.documentElement.getBoundingClientRect().height)
  // Whoever frames it sees as much: nothing here is for one site alone.
  parent.postMessage({ type: 'credential-check', id, height, verdict }, '*')
}
element.addEventListener('verdict', (event) => {
  verdict = (event as CustomEvent).detail
  tell()
})
new ResizeObserver(tell).observe(document.documentElement)
const heading = document.createElement('h1')
document.querySelector('main')?.append(heading, element)
void import('../words/check.ts').then(({ check }) => {
  heading.textContent = check().title
  document.title = check().documentTitle
})
