import { isObject } from '../core/i-json.ts'

/** A question that was made in this browser. */
export interface Asked {
  readonly challenge: string
  readonly domain: string
  readonly name: string
  /** ISO 8601. */
  readonly madeAt: string
  /** The question itself, as its link carries it after `r=`. */
  readonly packed: string
}

const storageKey = 'questions'
const most = 40
/** What a browser keeps for a site is a few megabytes. */
const mostCharacters = 600_000

/** The questions that this browser remembers, the newest first; none where it keeps nothing. */
export function askedQuestions(): readonly Asked[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(storageKey) ?? '[]')
    return Array.isArray(kept) ? kept.filter(isAsked).slice(0, most) : []
  } catch {
    return []
  }
}

/** Whether this browser made the question with that challenge: only then an answer is known to be one to it. */
export function askedWith(challenge: string): Asked | undefined {
  return askedQuestions().find((asked) => asked.challenge === challenge)
}

/** Keeps a question; the oldest are forgotten where there are too many. */
export function rememberAsked(asked: Asked): void {
  const kept = [asked, ...askedQuestions().filter(({ challenge }) => challenge !== asked.challenge)]
  let characters = 0
  keep(
    kept.slice(0, most).filter(({ packed }) => {
      characters += packed.length
      return characters <= mostCharacters
    }),
  )
}

export function forgetAsked(challenge: string): void {
  keep(askedQuestions().filter((asked) => asked.challenge !== challenge))
}

function keep(questions: readonly Asked[]): void {
  try {
    localStorage.setItem(storageKey, JSON.stringify(questions))
  } catch {
    // Storage is switched off: whoever asks opens the file instead.
  }
}

function isAsked(value: unknown): value is Asked {
  if (!isObject(value)) return false
  return ['challenge', 'domain', 'name', 'madeAt', 'packed'].every(
    (name) => typeof value[name] === 'string',
  )
}
