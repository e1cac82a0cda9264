import type { JsonObject } from '../../core/canonical.ts'
import { openQuestion } from '../../core/question.ts'
import { signedForOf } from '../../core/signed-for.ts'
import { askedWith } from '../asked.ts'
import type { Task } from './outcome.ts'

/**
 * The question that a presentation answers. One that this browser asked with the challenge that was signed goes before one that came along,
 * which whoever answers chose. Throws `InvalidInputError` for one that cannot be read.
 */
export async function questionFor(
  presentation: JsonObject,
  packed: string | undefined,
): Promise<Pick<Task, 'question' | 'source'>> {
  const own = askedWith(signedForOf(presentation).challenge ?? '')
  if (own) return { question: await openQuestion(own.packed), source: 'asked' }
  if (packed === undefined) return { question: undefined, source: undefined }
  const brought = await openQuestion(packed)
  // Its challenge alone would not do: the rest of it could be another's.
  const isOwn = askedWith(brought.challenge)?.packed === packed
  return { question: brought, source: isOwn ? 'asked' : 'brought' }
}
