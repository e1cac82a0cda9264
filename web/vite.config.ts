import { defineConfig } from 'vite'

/** Root `web/`, output `web/dist`. Paths are relative, so that the page can be hosted in any folder. */
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  // core/ awaits its hash functions at top level.
  build: {
    target: 'es2022',
    outDir: 'dist',
    emptyOutDir: true,
    modulePreload: false,
    rolldownOptions: {
      input: ['index.html', 'issuers/index.html'].map((page) => `${import.meta.dirname}/${page}`),
    },
  },
})
