export { messages } from '../en/console.ts'
