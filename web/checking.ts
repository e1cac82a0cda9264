// What a check needs besides the page, as one part: the page shows itself first, and loads this meanwhile.
import './endpoint.ts'

export { headOf, kindOf } from './many/kind.ts'
export { startRun } from './run.ts'
export { loadSettings } from './settings.ts'
export { codeSource, fileSource, foreignLinkSource, textSource } from './source.ts'
