import type { JsonObject } from '../core/canonical.ts'
import { parseCredential } from '../core/format.ts'
import { languageOf } from '../core/in-language.ts'
import { plainText } from '../core/lettering.ts'
import { claimMinutes } from './claim.ts'
import { mailWords } from './mail-words.ts'
import type { Mail } from './mailer.ts'

/** The mail with a one-time link, in a language that the browser which asked for it prefers. What the credential says is untrusted. */
export function claimMail(
  to: string,
  credential: JsonObject,
  url: string,
  wishes: string | undefined,
): Mail {
  const { name, from } = namesIn(credential)
  const { claim } = mailWords(wishes)
  return { to, subject: claim.subject(name), text: claim.text(name, from, claimMinutes, url) }
}

/** The mail that tells a holder of a correction, in the language of the achievement. */
export function reissueMail(to: string, credential: JsonObject, url: string): Mail {
  const { name, from } = namesIn(credential)
  const { reissue } = mailWords(languageOf(credential))
  return { to, subject: reissue.subject(name), text: reissue.text(name, from, url) }
}

function namesIn(credential: JsonObject) {
  const { name, issuer } = parseCredential(credential).summary
  return {
    name: plainText(name.slice(0, 200)),
    from: plainText((issuer.name ?? issuer.id).slice(0, 200)),
  }
}
