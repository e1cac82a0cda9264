// The texts are asked for beside the page that shows them, and not after it.
void import('../words/console.ts')
void import('./page.ts')
