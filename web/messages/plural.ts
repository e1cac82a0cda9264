/** Forms of a word by the plural categories of a language; `#` stands for the number. */
export type Forms = Readonly<Partial<Record<Intl.LDMLPluralRule, string>>> & {
  readonly other: string
}

/** Numbers and counted words of a locale. */
export function countingIn(locale: string) {
  const rules = new Intl.PluralRules(locale)
  const number = (count: number) => count.toLocaleString(locale)
  const counted = (count: number, forms: Forms) =>
    (forms[rules.select(count)] ?? forms.other).replace('#', number(count))
  return { number, counted }
}
