/// <reference types="vite/client" />

/** Whether this is the build of what stands in other sites' pages. */
declare const __EMBEDDED__: boolean
