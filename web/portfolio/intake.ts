import { unbake } from '../../core/baked.ts'
import { InvalidInputError } from '../../core/error.ts'
import { parseCredential } from '../../core/format.ts'
import { isObject } from '../../core/i-json.ts'
import { parseJson } from '../../core/json.ts'
import { openCredential } from '../../core/opened.ts'
import { fragmentParts } from '../../core/packed-link.ts'
import {
  parsePathway,
  parseRequirement,
  pathwayFormat,
  requirementFormat,
} from '../../core/pathway/pathway.ts'
import { contentKey, type HeldText, portfolioBounds } from '../../core/portfolio/portfolio.ts'
import { openQuestion, parseQuestion, type Question, questionFormat } from '../../core/question.ts'
import { itemsOf } from '../many/items.ts'
import { foreignLinkSource, type Source, textSource } from '../source.ts'
import { createRest } from './rest.ts'
import { readFileBytes } from './safe.ts'

/** What somebody handed in, told apart. All of it is untrusted. */
export interface Taken {
  readonly credentials: readonly HeldText[]
  readonly pathways: readonly HeldText[]
  readonly question: Question | undefined
  /** A file that is a portfolio itself: its passphrase is needed. */
  readonly portfolio: Uint8Array | undefined
  /** What could not be taken, by its name. */
  readonly refused: readonly { readonly name: string; readonly why: InvalidInputError }[]
}

type Found = Omit<Taken, 'refused'>

const nothing: Found = {
  credentials: [],
  pathways: [],
  question: undefined,
  portfolio: undefined,
}
const portfolioMark = 'rootmark'

/** Everything in files: credentials as JSON, tokens, images and PDFs, also in archives and lists; pathways, questions, portfolios. */
export async function takeFiles(files: readonly File[]): Promise<Taken> {
  const taken: Taken[] = []
  const rest = createRest()
  for (const file of files) {
    const head = new Uint8Array(await file.slice(0, portfolioMark.length).arrayBuffer())
    if (new TextDecoder('latin1').decode(head) === portfolioMark) {
      taken.push(
        await tried(file.name, async () => ({ ...nothing, portfolio: await readFileBytes(file) })),
      )
      continue
    }
    for await (const { name, content } of itemsOf([file], () => undefined)) {
      taken.push(
        await tried(name, async () => {
          if (content instanceof InvalidInputError) throw content
          return found(content, undefined)
        }),
      )
      // One more than there is room for is refused with all of them.
      if (taken.length > portfolioBounds.credentials) return joined(taken)
      await rest()
    }
  }
  return joined(taken)
}

/** The same of what was pasted or typed: the thing itself, a link, or several links. */
export async function takeText(text: string): Promise<Taken> {
  const links = text.trim().split(/\s+/, maxLinks)
  const areLinks = links.every((link) => /^https?:\/\/\S+$/i.test(link))
  const taken: Taken[] = []
  for (const one of areLinks ? links : [text]) taken.push(await takeOne(one))
  return joined(taken)
}

/** The same of a link that somebody else chose, such as an issuer: it does not lead into a network of the visitor's. */
export async function takeForeignLink(link: string): Promise<Taken> {
  return joined([await takeFrom(foreignLinkSource(link, location.href), link)])
}

/** Links that are followed at once. */
const maxLinks = 100

function takeOne(text: string): Promise<Taken> {
  const source = textSource(text, location.href)
  const packed = URL.canParse(text) && fragmentParts(new URL(text).hash).get('r')
  if (!packed) return takeFrom(source, text)
  return tried(source.label, async () => ({ ...nothing, question: await openQuestion(packed) }))
}

function takeFrom(source: Source, text: string): Promise<Taken> {
  const address = source.asks === undefined ? undefined : text
  return tried(source.label, async () =>
    found(await source.read(AbortSignal.timeout(20_000)), address),
  )
}

async function found(content: Uint8Array | string, from: string | undefined): Promise<Found> {
  const unbaked = await unbake(content)
  const text = (typeof unbaked === 'string' ? unbaked : new TextDecoder().decode(unbaked)).trim()
  const held = { text, addedAt: new Date().toISOString(), ...(from !== undefined && { from }) }
  const document = text.startsWith('{') ? parseJson(text) : undefined
  const format = isObject(document) ? document['format'] : undefined
  if (format === questionFormat) return { ...nothing, question: parseQuestion(document) }
  if (format === pathwayFormat) parsePathway(document)
  else if (format === requirementFormat) parseRequirement(document)
  else {
    parseCredential((await openCredential(text)).document)
    // Needed to keep it, and of thousands better found out one after another.
    contentKey(held)
    return { ...nothing, credentials: [held] }
  }
  return { ...nothing, pathways: [held] }
}

async function tried(name: string, work: () => Promise<Found>): Promise<Taken> {
  try {
    return { ...(await work()), refused: [] }
  } catch (thrown) {
    if (!(thrown instanceof InvalidInputError)) throw thrown
    return { ...nothing, refused: [{ name, why: thrown }] }
  }
}

function joined(taken: readonly Taken[]): Taken {
  return {
    credentials: taken.flatMap(({ credentials }) => credentials),
    pathways: taken.flatMap(({ pathways }) => pathways),
    question: taken.find(({ question }) => question)?.question,
    portfolio: taken.find(({ portfolio }) => portfolio)?.portfolio,
    refused: taken.flatMap(({ refused }) => refused),
  }
}
