import type { ReactiveController, ReactiveControllerHost } from 'lit'

/** The languages of the pages, each by its own name. */
export const languages = {
  en: 'English',
  de: 'Deutsch',
  fr: 'Français',
  es: 'Español',
  ar: 'العربية',
  ja: '日本語',
} as const

export type Language = keyof typeof languages

/** Where the texts of one part of the pages are, by language: a visitor loads one of them. */
export type Loaders<Texts> = Readonly<Record<Language, () => Promise<{ readonly messages: Texts }>>>

const storageKey = 'language'
const hosts = new Set<ReactiveControllerHost>()
const loadings: ((language: Language) => Promise<() => void>)[] = []

/** A guest in another's page keeps to the language of its host, and changes nothing there. */
const isGuest = __EMBEDDED__ && !document.documentElement.hasAttribute('data-frame')

let current: Language = startLanguage()
show(current)

/** The language that the page speaks now. */
export function language(): Language {
  return current
}

/** Loads the texts of one part in the page's language; what it gives back has them in the language of the moment. */
export async function speak<Texts>(loaders: Loaders<Texts>): Promise<() => Texts> {
  const load = async (wanted: Language) => (await loaders[wanted]()).messages
  let texts = await load(current)
  loadings.push(async (wanted) => {
    const fresh = await load(wanted)
    return () => {
      texts = fresh
    }
  })
  return () => texts
}

/** Renders an element anew when the language changes. */
export function followLanguage(host: ReactiveControllerHost): void {
  const controller: ReactiveController = {
    hostConnected: () => hosts.add(host),
    hostDisconnected: () => hosts.delete(host),
  }
  host.addController(controller)
}

/** Changes the language of the page and remembers it; all texts change at once, when all are there. */
export async function changeLanguage(wanted: Language): Promise<void> {
  const changes = await Promise.all(loadings.map((load) => load(wanted)))
  for (const change of changes) change()
  current = wanted
  remember(wanted)
  forgetInAddress()
  show(wanted)
  for (const host of hosts) host.requestUpdate()
}

/** Of the address, what the visitor chose before, and what the browser prefers, the first that the pages speak. */
export function chooseLanguage(wishes: readonly (string | null | undefined)[]): Language {
  for (const wish of wishes) {
    const [tag = ''] = wish?.toLowerCase().split('-') ?? []
    if (isLanguage(tag)) return tag
  }
  return 'en'
}

function startLanguage(): Language {
  if (isGuest) return chooseLanguage([document.documentElement.lang, ...navigator.languages])
  const asked = new URLSearchParams(location.search).get('lang')
  return chooseLanguage([asked, remembered(), ...navigator.languages])
}

function isLanguage(tag: string): tag is Language {
  return Object.hasOwn(languages, tag)
}

/** Which way the page reads. */
export function direction(wanted: Language): 'ltr' | 'rtl' {
  return wanted === 'ar' ? 'rtl' : 'ltr'
}

function show(wanted: Language): void {
  if (isGuest) return
  document.documentElement.lang = wanted
  document.documentElement.dir = direction(wanted)
}

/** A browser that keeps nothing has no choice of before. */
function remembered(): string | null {
  try {
    return localStorage.getItem(storageKey)
  } catch {
    return null
  }
}

function remember(wanted: Language): void {
  try {
    localStorage.setItem(storageKey, wanted)
  } catch {
    // Storage is switched off: the choice lasts as long as the page.
  }
}

/** The visitor's choice counts more than that of whoever made the link. */
function forgetInAddress(): void {
  const url = new URL(location.href)
  if (!url.searchParams.has('lang')) return
  url.searchParams.delete('lang')
  history.replaceState(null, '', url)
}
