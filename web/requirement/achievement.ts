import { badgeBytes } from '../../core/baked.ts'
import { InvalidInputError } from '../../core/error.ts'
import { isObject } from '../../core/i-json.ts'
import { membersOf } from '../../core/open-badges/member.ts'
import { openCredential } from '../../core/opened.ts'
import { readBounded } from '../bounded.ts'

export interface NamedAchievement {
  readonly id: string
  readonly name: string
}

/** Name and id of the achievement that a credential is for, to ask for the same one; the file is untrusted and not verified for that. */
export async function achievementIn(file: File): Promise<NamedAchievement | undefined> {
  if (file.size > badgeBytes) return undefined
  return achievementOf(new Uint8Array(await file.arrayBuffer()))
}

/** The same by a link to a credential of this site; `undefined` for any other text. */
export async function achievementAt(link: string): Promise<NamedAchievement | undefined> {
  const url = URL.canParse(link) ? new URL(link) : undefined
  if (url?.origin !== location.origin || !/\/(?:credentials|c)\/[^/]+$/.test(url.pathname)) {
    return undefined
  }
  try {
    const response = await fetch(url, {
      headers: { accept: 'application/vc' },
      credentials: 'omit',
      signal: AbortSignal.timeout(15_000),
    })
    return response.ok ? await achievementOf(await readBounded(response, badgeBytes)) : undefined
  } catch {
    return undefined // It stays as it was typed.
  }
}

async function achievementOf(bytes: Uint8Array): Promise<NamedAchievement | undefined> {
  try {
    const { document } = await openCredential(bytes)
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
