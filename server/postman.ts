import { messageOf } from '../core/error.ts'
import type { Database } from './database.ts'
import type { Log } from './log.ts'
import type { SendMail } from './mailer.ts'
import { sendMails } from './mails.ts'
import type { SecretBox } from './secret-box.ts'

/** Sends the mails that are stored, one after another. */
export interface Postman {
  readonly start: () => void
  /** Sends what is due before it returns; what fails is tried again later. */
  readonly round: () => Promise<void>
  /** Asks for a round soon, without waiting for it. */
  readonly nudge: () => void
  /** Does what may lead to a mail, and sends it, without anybody waiting: how long that takes tells nobody whether there is one. */
  readonly prepare: (work: () => Promise<void>) => void
  readonly stop: () => Promise<void>
}

const intervalMs = 5000

/** A process that has no part in the signing secret leaves mails to those that have: it would try in vain until they are given up. */
function opens(box: SecretBox): boolean {
  try {
    box.seal(new Uint8Array(), 'probe')
    return true
  } catch {
    return false
  }
}

export function createPostman(options: {
  readonly database: Database
  readonly box: SecretBox
  readonly send: SendMail | undefined
  readonly log: Log
}): Postman {
  const { database, box, send, log } = options
  let running: Promise<void> = Promise.resolve()
  let timer: NodeJS.Timeout | undefined
  let trouble: string | undefined
  const preparing = new Set<Promise<void>>()
  let stopped = false
  const work = async () => {
    if (!send || stopped || !opens(box)) return
    try {
      await sendMails(database.db, box, send, log)
      trouble = undefined
    } catch (thrown) {
      const message = messageOf(thrown)
      // An outage is told once, not with every round.
      if (message !== trouble) log.warn({}, `mails are not sent: ${message}`)
      trouble = message
    }
  }
  const round = async () => {
    await Promise.all(preparing)
    running = running.then(work)
    return running
  }
  const prepare = (wanted: () => Promise<void>) => {
    const task = wanted()
      .catch((thrown) => log.warn({}, `a mail could not be made: ${messageOf(thrown)}`))
      .then(() => {
        preparing.delete(task)
      })
    preparing.add(task)
    void task.then(round)
  }
  const schedule = () => {
    timer = setTimeout(async () => {
      await round()
      if (!stopped) schedule()
    }, intervalMs)
  }
  return {
    start: () => {
      if (send) schedule()
    },
    round,
    nudge: () => void round(),
    prepare,
    async stop() {
      stopped = true
      clearTimeout(timer)
      await Promise.all(preparing)
      await running
    },
  }
}
