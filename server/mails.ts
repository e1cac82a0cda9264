import { randomUUID } from 'node:crypto'
import { type Kysely, sql } from 'kysely'
import { messageOf } from '../core/error.ts'
import { killPoint } from './kill-point.ts'
import type { Log } from './log.ts'
import type { Mail, SendMail } from './mailer.ts'
import type { SecretBox } from './secret-box.ts'
import type { Tables } from './tables.ts'

/** After so many tries, over a day and a half, a mail is given up. */
const mostAttempts = 12
const secondsToWait = sql`least(60 * power(2, attempts), 21600) * interval '1 second'`

const labelOf = (id: string) => `mail ${id}`

/** Stores a mail that is to be sent, encrypted: durable once it returns. With a batch it waits until that is anchored. */
export async function queueMail(
  db: Kysely<Tables>,
  box: SecretBox,
  mail: Mail,
  batchId?: string,
): Promise<void> {
  const id = randomUUID()
  const sealed = box.seal(Buffer.from(JSON.stringify(mail)), labelOf(id))
  await db
    .insertInto('mails')
    .values({ id, sealed, batch_id: batchId ?? null })
    .execute()
}

/** Sends what is due. A crash in between sends a mail twice and never loses one. */
export async function sendMails(
  db: Kysely<Tables>,
  box: SecretBox,
  send: SendMail,
  log: Log,
): Promise<void> {
  for (;;) {
    const due = await takeDue(db)
    if (!due) return
    try {
      const mail = JSON.parse(Buffer.from(box.open(due.sealed, labelOf(due.id))).toString()) as Mail
      killPoint('mail.taken')
      await send(mail)
      killPoint('mail.sent')
      await db.deleteFrom('mails').where('id', '=', due.id).execute()
    } catch (thrown) {
      // To whom it goes is nobody's business who reads logs, and a mail server may repeat it in its refusal.
      const { code = 'failed' } = thrown as { readonly code?: unknown }
      const facts = { mail: due.id, attempts: due.attempts, code: String(code) }
      log.warn(facts, `a mail could not be sent: ${withoutAddresses(messageOf(thrown))}`)
      if (due.attempts >= mostAttempts) {
        log.warn({ mail: due.id }, 'the mail is given up')
        await db.deleteFrom('mails').where('id', '=', due.id).execute()
      }
    }
  }
}

/** Takes one in hand: nobody else does for a while. */
async function takeDue(db: Kysely<Tables>) {
  const { rows } = await sql<{ id: string; sealed: Uint8Array; attempts: number }>`
    update mails set attempts = attempts + 1, retry_at = now() + ${secondsToWait}
    where id = (
      select mails.id from mails left join batches on batches.id = mails.batch_id
      where mails.retry_at <= now()
        and (mails.batch_id is null or batches.state in ('included', 'safe', 'finalized'))
      order by mails.retry_at limit 1 for update of mails skip locked
    ) and retry_at <= now()
    returning id, sealed, attempts`.execute(db)
  const [due] = rows
  return due && { ...due, sealed: Uint8Array.from(due.sealed) }
}

function withoutAddresses(text: string): string {
  return text.replaceAll(/[^\s<>"']+@[^\s<>"']+/g, '…')
}
