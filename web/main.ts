import { askFor, checkTexts, siteTexts } from './words/first.ts'

// The texts are asked for beside the page that shows them, and not after it.
askFor(siteTexts, checkTexts)
void import('./page.ts')
