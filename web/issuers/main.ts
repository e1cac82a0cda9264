import { askFor, siteTexts } from '../words/first.ts'

// The texts are asked for beside the page that shows them, and not after it.
askFor(siteTexts)
void import('../words/issuer.ts')
void import('./page.ts')
