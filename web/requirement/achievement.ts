import { badgeBytes } from '../../core/baked.ts'
import { InvalidInputError } from '../../core/error.ts'
import { isObject } from '../../core/i-json.ts'
import { membersOf } from '../../core/open-badges/member.ts'
import { openCredential } from '../../core/opened.ts'

/** Name and id of the achievement that a credential is for, to ask for the same one; the file is untrusted and not verified for that. */
export async function achievementIn(
  file: File,
): Promise<{ readonly id: string; readonly name: string } | undefined> {
  if (file.size > badgeBytes) return undefined
  try {
    const { document } = await openCredential(new Uint8Array(await file.arrayBuffer()))
    const [achievement] = membersOf(document, 'credentialSubject', '').flatMap(({ value }) =>
      membersOf(value, 'achievement', '').map((one) => one.value),
    )
    if (!isObject(achievement)) return undefined
    const { id, name } = achievement
    if (typeof id !== 'string' || id.length > 2048) return undefined
    return { id, name: typeof name === 'string' ? name.slice(0, 200) : id.slice(0, 200) }
  } catch (thrown) {
    if (thrown instanceof InvalidInputError) return undefined
    throw thrown
  }
}
