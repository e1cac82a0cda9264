import { askFor, siteTexts } from '../words/first.ts'

// The texts are asked for beside the page that shows them, and not after it.
askFor(siteTexts)
void import('../words/holder.ts')
void import('./page.ts')
