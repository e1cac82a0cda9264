import { speak } from '../language.ts'
import { checkTexts } from './first.ts'

/** Texts of the page that takes a credential. */
export const check = await speak(checkTexts)
