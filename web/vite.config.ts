import { defineConfig } from 'vite'

const at = (path: string) => `${import.meta.dirname}/${path}`

interface Modules {
  readonly getModuleInfo: (id: string) => { readonly importedIds: readonly string[] } | null
}

/** Root `web/`, output `web/dist`. Paths are relative, so that the page can be hosted in any folder. */
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  worker: { format: 'es' },
  // core/ awaits its hash functions at top level.
  build: {
    target: 'es2022',
    outDir: 'dist',
    emptyOutDir: true,
    modulePreload: false,
    rolldownOptions: {
      input: ['index.html', 'issuers/index.html'].map(at),
      output: {
        codeSplitting: { groups: [{ name: partOf }], includeDependenciesRecursively: false },
      },
    },
  },
})

/** What pages load together stands together: left alone, the build makes a file of every module that two parts share. */
function partOf(id: string, modules: Modules): string | null {
  const isIn = (entry: string) => closure(at(entry), modules).has(id)
  const [page, issuer, checking, showing] = [
    'page.ts',
    'issuers/page.ts',
    'checking.ts',
    'showing.ts',
  ].map(isIn)
  if (page) return issuer ? 'frame' : 'page'
  if (checking) return issuer ? 'chain' : 'checking'
  return showing && !issuer ? 'showing' : null
}

const closures = new Map<string, ReadonlySet<string>>()

/** All modules that come with one, by static imports. */
function closure(entry: string, modules: Modules): ReadonlySet<string> {
  const known = closures.get(entry)
  if (known) return known
  const found = new Set<string>()
  const walk = (id: string) => {
    if (found.has(id)) return
    found.add(id)
    for (const imported of modules.getModuleInfo(id)?.importedIds ?? []) walk(imported)
  }
  walk(entry)
  closures.set(entry, found)
  return found
}
