// The texts are asked for beside the page that shows them, and not after it.
void import('../words/presentation.ts')
void import('./page.ts')
