import type { Config } from './config.ts'
import type { Log } from './log.ts'
import { isLoopback } from './signing-secret.ts'

/** A mail of plain text to one person. */
export interface Mail {
  readonly to: string
  readonly subject: string
  readonly text: string
}

/** Hands a mail over; throws where it could not be. It may be called twice with the same mail. */
export type SendMail = (mail: Mail) => Promise<void>

const patienceMs = 20_000

/**
 * What `MAIL_URL` names: an SMTP server, or an address that takes mails as JSON. Without it, mails are written to the log where the service
 * is reachable from its own machine only; else `undefined`, and nothing that needs mail is offered.
 */
export function openMailer(config: Config, log: Log): SendMail | undefined {
  const { MAIL_URL, PUBLIC_BASE_URL } = config
  const from = config.MAIL_FROM ?? `credentials@${new URL(PUBLIC_BASE_URL).hostname}`
  if (MAIL_URL === undefined) {
    if (!isLoopback(PUBLIC_BASE_URL)) return undefined
    // Whoever reads this log runs the service on this very machine.
    return async (mail) => log.warn(mail, 'a mail, not sent because MAIL_URL is not set')
  }
  return /^smtps?:/.test(MAIL_URL) ? overSmtp(MAIL_URL, from) : toAddress(MAIL_URL, from)
}

function overSmtp(url: string, from: string): SendMail {
  const timeouts = {
    connectionTimeout: patienceMs,
    greetingTimeout: patienceMs,
    socketTimeout: patienceMs,
  }
  return async (mail) => {
    // Loaded with the first mail.
    const { createTransport } = (await import('nodemailer')).default
    const transport = createTransport({ url, ...timeouts })
    try {
      // Texts are never read as paths or addresses to fetch from.
      await transport.sendMail({ ...mail, from, disableFileAccess: true, disableUrlAccess: true })
    } finally {
      transport.close()
    }
  }
}

function toAddress(url: string, from: string): SendMail {
  const { username, password, href } = new URL(url)
  const bare = new URL(href)
  bare.username = ''
  bare.password = ''
  const secret = Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`)
  return async (mail) => {
    const response = await fetch(bare, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(username !== '' && { authorization: `Basic ${secret.toString('base64')}` }),
      },
      body: JSON.stringify({ from, ...mail }),
      redirect: 'error',
      signal: AbortSignal.timeout(patienceMs),
    })
    await response.body?.cancel()
    if (!response.ok) throw new Error(`MAIL_URL answered with HTTP ${response.status}`)
  }
}
