export { messages } from '../en/issuer.ts'
