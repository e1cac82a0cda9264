import type { AccreditationPages } from './accreditation.ts'
import type { Remember } from './remember.ts'

/** Reads each page of a registry's records once: at the same block it stays the same. */
export function rememberedPages(
  { along, of, sub }: AccreditationPages,
  registry: string,
  remember: Remember,
): AccreditationPages {
  return {
    along: (accreditors, subject) =>
      remember(`along ${registry} ${accreditors} ${subject}`, () => along(accreditors, subject)),
    of: (accreditor, subject, first) =>
      remember(`of ${registry} ${accreditor} ${subject} ${first}`, () =>
        of(accreditor, subject, first),
      ),
    sub: (accreditor, first) =>
      remember(`sub ${registry} ${accreditor} ${first}`, () => sub(accreditor, first)),
  }
}
