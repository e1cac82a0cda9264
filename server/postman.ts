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
  /** Asks for a round soon, without waiting for it: how long it takes tells nobody whether there is a mail. */
  readonly nudge: () => void
  readonly stop: () => Promise<void>
}

const intervalMs = 5000

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
  let stopped = false
  const work = async () => {
    if (!send || stopped) return
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
  const round = () => {
    running = running.then(work)
    return running
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
    async stop() {
      stopped = true
      clearTimeout(timer)
      await running
    },
  }
}
