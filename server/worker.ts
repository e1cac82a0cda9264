import './compile-cache.ts'

// The cache has to be there before the rest is read.
await import('./work-alone.ts')
