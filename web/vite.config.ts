import { build, defineConfig, type InlineConfig, type Plugin } from 'vite'

const at = (path: string) => `${import.meta.dirname}/${path}`

interface Modules {
  readonly getModuleInfo: (id: string) => { readonly importedIds: readonly string[] } | null
}

/** Root `web/`, output `web/dist`. Paths are relative, so that the page can be hosted in any folder. */
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  define: { __EMBEDDED__: 'false' },
  plugins: [preloadFirstPaint(), alsoEmbedded(), alsoCompressed()],
  worker: { format: 'es' },
  // core/ awaits its hash functions at top level.
  build: {
    target: 'es2022',
    outDir: 'dist',
    emptyOutDir: true,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: [
        'index.html',
        'issuers/index.html',
        'holder/index.html',
        'console/index.html',
        'portfolio/index.html',
        'requirement/index.html',
        'presentation/index.html',
      ].map(at),
      output: {
        codeSplitting: {
          groups: [{ name: partOf, debugName: 'pages' }],
          includeDependenciesRecursively: false,
        },
      },
    },
  },
})

/** What the first paint needs is named in the page itself, so that a slow network is waited for once and not for each step. */
function preloadFirstPaint(): Plugin {
  return {
    name: 'preload-first-paint',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: (_html, { bundle = {}, chunk, filename }) => {
        const wanted = new Set<string>()
        const add = (file: string) => {
          const part = bundle[file]
          if (wanted.has(file) || part?.type !== 'chunk') return
          wanted.add(file)
          part.imports.forEach(add)
        }
        chunk?.imports.forEach(add)
        chunk?.dynamicImports.forEach(add)
        const up = filename.slice(at('').length).split('/').length > 1 ? '../' : './'
        return [...wanted].map((file) => ({
          tag: 'link',
          attrs: { rel: 'modulepreload', href: `${up}${file}` },
          injectTo: 'head' as const,
        }))
      },
    },
  }
}

/** Builds, beside the pages, what stands in other sites' pages: one script under a name that stays, and the frame around it. */
function alsoEmbedded(): Plugin {
  let outDir = ''
  return {
    name: 'also-embedded',
    apply: 'build',
    configResolved: (config) => {
      outDir = config.build.outDir
    },
    closeBundle: async () => {
      await build(embedded(outDir))
    },
  }
}

/** Puts a compressed form beside each file that gains by it, for servers that send what is there. */
function alsoCompressed(): Plugin {
  return {
    name: 'also-compressed',
    apply: 'build',
    generateBundle: {
      order: 'post',
      async handler(_options, bundle) {
        for (const [name, part] of Object.entries(bundle)) {
          const content = part.type === 'chunk' ? part.code : part.source
          if (!/\.(?:js|css|html|svg)$/.test(name) || content.length < 1024) continue
          const gzip = new CompressionStream('gzip')
          const packed = new Response(new Blob([content as BlobPart]).stream().pipeThrough(gzip))
          const source = new Uint8Array(await packed.arrayBuffer())
          this.emitFile({ type: 'asset', fileName: `${name}.gz`, source })
        }
      },
    },
  }
}

function embedded(outDir: string): InlineConfig {
  return {
    configFile: false,
    root: import.meta.dirname,
    base: './',
    logLevel: 'error',
    publicDir: false,
    define: { __EMBEDDED__: 'true' },
    plugins: [alsoCompressed()],
    build: {
      target: 'es2022',
      outDir,
      emptyOutDir: false,
      modulePreload: false,
      rolldownOptions: {
        input: { 'credential-check': at('embed/element.ts'), frame: at('embed/index.html') },
        output: {
          // All in one folder, which is what somebody copies who serves the element.
          entryFileNames: ({ name }) =>
            name === 'credential-check' ? 'element/[name].js' : 'element/[name]-[hash].js',
          chunkFileNames: 'element/[name]-[hash].js',
          assetFileNames: 'element/[name]-[hash][extname]',
          codeSplitting: {
            groups: [{ name: elementPart, debugName: 'element' }],
            includeDependenciesRecursively: false,
          },
        },
      },
    },
  }
}

function elementPart(id: string, modules: Modules): string | null {
  // What Vite adds for imports belongs to the small script, too.
  if (id.startsWith('\0')) return null
  return closure(at('embed/card.ts'), modules).has(id) ? 'card' : null
}

/** What pages load together stands together: left alone, the build makes a file of every module that two parts share. */
function partOf(id: string, modules: Modules): string | null {
  // What asks for the texts, and counts in them, comes before all else.
  const isFirst = closure(at('words/first.ts'), modules).has(id)
  if (isFirst || id === at('messages/plural.ts')) return 'first'
  const isIn = (entry: string) => closure(at(entry), modules).has(id)
  const [page, issuer, checking, showing] = [
    'page.ts',
    'issuers/page.ts',
    'checking.ts',
    'showing.ts',
  ].map(isIn)
  if (page) return issuer ? 'frame' : 'page'
  if (checking) return issuer ? 'chain' : 'checking'
  if (showing) return issuer ? 'shown' : 'showing'
  return null
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
