import { html, type TemplateResult } from 'lit'
import { type InvalidInputError, messageOf } from '../../core/error.ts'
import { parseRequirement, type Requirement } from '../../core/pathway/pathway.ts'
import { coreText } from '../text.ts'
import { requirementWords } from '../words/requirement.ts'
import { type Draft, documentOf, lackOf } from './draft.ts'

/** The requirement that a draft is, or what it lacks, in words. */
export function readDraft(draft: Draft): {
  readonly requirement?: Requirement
  readonly problem?: string | TemplateResult
} {
  const { missing } = requirementWords()
  const lack = lackOf(draft)
  if (lack) {
    const said = missing[lack.what]
    return { problem: typeof said === 'string' ? said : said(String(lack.place)) }
  }
  try {
    return { requirement: parseRequirement(documentOf(draft)) }
  } catch (thrown) {
    const { pointer } = thrown as InvalidInputError
    return { problem: html`${missing.core} ${coreText(`${pointer}: ${messageOf(thrown)}`)}` }
  }
}
