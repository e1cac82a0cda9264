import type { JsonObject } from './canonical.ts'
import { isObject } from './i-json.ts'

/** The tag of the language that the achievement of a credential says it is in (Open Badges 3.0, `inLanguage`). Untrusted. */
export function languageOf({ credentialSubject }: JsonObject): string | undefined {
  const achievement = isObject(credentialSubject) ? credentialSubject['achievement'] : undefined
  const language = isObject(achievement) ? achievement['inLanguage'] : undefined
  return typeof language === 'string' ? language : undefined
}
