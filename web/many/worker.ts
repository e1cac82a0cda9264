import { InvalidInputError } from '../../core/error.ts'
import { createVerifyMany } from '../../core/verify-many.ts'
import { type Asked, makeReaders } from '../readers.ts'
import type { Settings } from '../settings.ts'
import { type Item, itemsOf } from './items.ts'
import { type Row, refusedRow, rowOf } from './row.ts'

/** What the page asks of this thread. */
export type Order =
  | {
      readonly kind: 'check'
      readonly files: readonly File[]
      readonly settings: Pick<Settings, 'trust' | 'endpoints' | 'migrations'>
    }
  | { readonly kind: 'give'; readonly index: number }
  | { readonly kind: 'stop' }

/** What it tells the page. */
export type News =
  | {
      readonly kind: 'rows'
      readonly rows: readonly Row[]
      /** How much of the files was read, 0 to 1. */
      readonly part: number
      readonly asked: readonly Asked[]
      readonly state: 'checking' | 'done' | 'full'
    }
  | { readonly kind: 'item'; readonly name: string; readonly content: Blob }

/** Credentials that are checked at the same time: most of the waiting is for the chain. */
const atOnce = 8
const maxItems = 20_000
/** Documents of issuers that one run asks for: credentials are not to make a browser flood anybody. */
const maxDocuments = 512
const tellEveryMs = 150

const aborter = new AbortController()
const kept: { readonly name: string; readonly content: Blob }[] = []

addEventListener('message', ({ data }: MessageEvent<Order>) => {
  if (data.kind === 'check') void check(data)
  else if (data.kind === 'stop') aborter.abort()
  else tell({ kind: 'item', ...(kept[data.index] ?? { name: '', content: new Blob() }) })
})

async function check({ files, settings }: Extract<Order, { kind: 'check' }>): Promise<void> {
  const asked = new Map<string, Asked>()
  const note = (purpose: Asked['purpose'], origin: string) => {
    const key = `${purpose} ${origin}`
    asked.set(key, { purpose, origin, count: (asked.get(key)?.count ?? 0) + 1 })
  }
  const { signal } = aborter
  const readers = makeReaders(settings, signal, { note, onChain: () => undefined }, maxDocuments)
  const verify = createVerifyMany({
    readersFor: () => readers,
    trust: settings.trust,
    clock: () => Date.now(),
  })
  const total = files.reduce((sum, { size }) => sum + size, 0)
  const before = new Map<File, number>()
  let fresh: Row[] = []
  let read = 0
  let told = 0
  const report = (state: 'checking' | 'done' | 'full') => {
    const part = state === 'done' ? 1 : Math.min(0.99, read / Math.max(1, total))
    tell({ kind: 'rows', rows: fresh, part, asked: [...asked.values()], state })
    fresh = []
    told = performance.now()
  }
  const items = allItems(files, (file, bytes) => {
    read += bytes - (before.get(file) ?? 0)
    before.set(file, bytes)
  })
  const work = async () => {
    while (kept.length < maxItems && !signal.aborted) {
      const { done, value } = await items.next()
      if (done) return
      const index = kept.length
      const { name, content } = value
      kept.push({
        name,
        content: new Blob(content instanceof Uint8Array ? [content as BlobPart] : []),
      })
      const row = await rowFor(index, name, content)
      if (signal.aborted) return
      fresh.push(row)
      // A slice for the page: it draws no more often than it is told.
      if (performance.now() - told > tellEveryMs) report('checking')
    }
  }
  const rowFor = async (index: number, name: string, content: Item['content']): Promise<Row> => {
    try {
      if (!(content instanceof Uint8Array)) throw content
      return rowOf(index, name, await verify(content))
    } catch (thrown) {
      const code = thrown instanceof InvalidInputError ? thrown.code : 'page_failed'
      return refusedRow(index, name, code)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  if (signal.aborted) return
  const isFull = kept.length >= maxItems && !(await items.next()).done
  report(isFull ? 'full' : 'done')
}

async function* allItems(
  files: readonly File[],
  onRead: (file: File, bytes: number) => void,
): AsyncGenerator<Item> {
  for (const file of files) yield* itemsOf([file], (bytes) => onRead(file, bytes))
}

function tell(news: News): void {
  postMessage(news)
}
