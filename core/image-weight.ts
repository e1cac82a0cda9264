import type { Achievement } from './achievement.ts'
import { InvalidInputError } from './error.ts'

/** The image stands in every credential: all of a batch together may have so many characters of it. */
const mostCharacters = 2 ** 31

/** Characters that the image brings along with a batch. */
export function imageWeight({ image }: Pick<Achievement, 'image'>, size: number): number {
  return (image?.id.length ?? 0) * size
}

/** Throws `InvalidInputError` for an image that is too large for so many learners; one of 2,048 characters never is for a million. */
export function refuseHeavyImage(achievement: Pick<Achievement, 'image'>, size: number): void {
  if (imageWeight(achievement, size) <= mostCharacters) return
  const { length = 0 } = achievement.image?.id ?? {}
  throw new InvalidInputError(
    'image_too_heavy',
    `the image has ${length} characters and would stand in ${size} credentials; for so many learners use one of at most ${Math.floor(mostCharacters / size)}, the address of an image, or a smaller batch`,
    '/achievement/image/id',
  )
}
