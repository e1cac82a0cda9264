import type { Dice } from './dice.ts'
import type { Ledger, SoakBatch } from './ledger.ts'
import type { Scene, SoakIssuer } from './scene.ts'

/** An answer of either service; status 0 where none came. */
export interface ServiceAnswer {
  readonly status: number
  readonly text: string
  // biome-ignore lint/suspicious/noExplicitAny: what is asked of it says what it should be
  readonly body: any
}

export interface Client {
  /** Asks one of the API processes, which the dice choose, once. */
  readonly ask: (line: string, question?: ClientQuestion) => Promise<ServiceAnswer>
  /** Asks until an answer comes that is not of an outage, or `until` says to stop. */
  readonly insist: (
    line: string,
    question: ClientQuestion,
    until: () => boolean,
  ) => Promise<ServiceAnswer>
}

export interface ClientQuestion {
  readonly issuer?: SoakIssuer
  readonly json?: unknown
  readonly idempotencyKey?: string
}

const patienceMs = 20_000
const none: ServiceAnswer = { status: 0, text: '', body: undefined }

export function clientOf({ apis }: Pick<Scene, 'apis'>, ledger: Ledger, dice: Dice): Client {
  const ask = async (line: string, question: ClientQuestion = {}): Promise<ServiceAnswer> => {
    const { issuer, json, idempotencyKey } = question
    const [method = '', path] = line.split(' ')
    ledger.requests += 1
    try {
      const response = await fetch(`${dice.pick(apis).url}${path}`, {
        method,
        headers: {
          ...(issuer && { authorization: `Bearer ${issuer.apiKey}` }),
          ...(json !== undefined && { 'content-type': 'application/json' }),
          ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
        },
        ...(json !== undefined && { body: JSON.stringify(json) }),
        signal: AbortSignal.timeout(patienceMs),
      })
      const text = await response.text()
      if (response.status >= 500) ledger.failedRequests += 1
      return { status: response.status, text, body: text === '' ? undefined : JSON.parse(text) }
    } catch {
      ledger.failedRequests += 1
      return none
    }
  }
  const insist: Client['insist'] = async (line, question, until) => {
    for (;;) {
      const answer = await ask(line, question)
      if ((answer.status > 0 && answer.status < 500) || until()) return answer
      await pause(200)
    }
  }
  return { ask, insist }
}

export const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

/** What a batch is asked for with: the same for the same key, so that a repetition is one. */
export function requestOf(batch: SoakBatch) {
  return {
    achievement: {
      name: `Data Literacy ${batch.key}`,
      description: 'Reads, questions and presents data.',
      criteria: { narrative: 'Passed the final project.' },
      achievementType: 'MicroCredential',
    },
    learners: Array.from({ length: batch.size }, (_, i) => ({
      name: `Zoë Ångström ${i}`,
      email: `${batch.key}-${i}@example.org`,
    })),
  }
}
