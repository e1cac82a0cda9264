import { speak } from '../language.ts'
import { siteTexts } from './first.ts'

/** Texts that every page may need. */
export const site = await speak(siteTexts)
