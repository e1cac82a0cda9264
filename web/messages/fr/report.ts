export { messages } from '../en/report.ts'
