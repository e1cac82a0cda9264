// What shows an answer, as one part: it comes with the first check.
import './report.ts'

export { spoken } from './verdict.ts'
