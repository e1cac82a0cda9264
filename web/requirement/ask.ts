import { toMultibase } from '../../core/bytes.ts'
import type { Requirement } from '../../core/pathway/pathway.ts'
import { type Question, questionFragment, questionName } from '../../core/question.ts'
import { rememberAsked } from '../asked.ts'
import { pageAddress } from '../page-address.ts'
import type { MadeLink } from './link-view.ts'

/** A question as it is handed on. */
export interface MadeQuestion {
  readonly question: Question
  /** As it stands in a link. */
  readonly fragment: string
}

/** A question that was never asked before, which this browser remembers. Throws `InvalidInputError` where it is too large for a link. */
export async function ask(
  requirement: Requirement,
  { domain, until }: Pick<Question, 'domain' | 'until'>,
): Promise<MadeQuestion> {
  const challenge = toMultibase(crypto.getRandomValues(new Uint8Array(16)))
  const question = { requirement, challenge, domain, until }
  const fragment = await questionFragment(question)
  rememberAsked({
    challenge,
    domain,
    name: requirement.name,
    madeAt: new Date().toISOString(),
    packed: fragment.slice(questionName.length + 1),
  })
  return { question, fragment }
}

export function linksOf({ fragment }: MadeQuestion): MadeLink {
  return {
    applicants: `${pageAddress('portfolio')}#${fragment}`,
    own: `${pageAddress('requirement')}#${fragment}`,
  }
}
