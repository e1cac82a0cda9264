import type { JsonObject } from '../core/canonical.ts'
import { parseCredential } from '../core/format.ts'
import { plainText } from '../core/lettering.ts'
import { claimMinutes } from './claim.ts'
import type { Mail } from './mailer.ts'

/** The mail with a one-time link. What the credential says is untrusted. */
export function claimMail(to: string, credential: JsonObject, url: string): Mail {
  const { name, from } = wordsOf(credential)
  return {
    to,
    subject: `Your link to "${name}"`,
    text: `Hello,

somebody, most likely you, asked for the link to your credential "${name}"${from}.

Open it within ${claimMinutes} minutes; it works once:

${url}

If it was not you, nothing is to be done: nobody gets the link but you.
`,
  }
}

/** The mail that tells a holder of a correction. */
export function reissueMail(to: string, credential: JsonObject, url: string): Mail {
  const { name, from } = wordsOf(credential)
  return {
    to,
    subject: `Your credential "${name}" was corrected`,
    text: `Hello,

your credential "${name}"${from} was corrected and issued anew. The earlier one is no longer in force; links that you shared show the new one.

This link is yours alone. It shows the credential, and makes links for others:

${url}
`,
  }
}

function wordsOf(credential: JsonObject) {
  const { name, issuer } = parseCredential(credential).summary
  const by = issuer.name === undefined ? '' : plainText(issuer.name.slice(0, 200))
  return { name: plainText(name.slice(0, 200)), from: by === '' ? '' : ` from ${by}` }
}
