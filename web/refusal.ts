import { InvalidInputError } from '../core/error.ts'

/** A refusal that the page words itself, in its own language; those of `core/` are English. */
export class PageRefusal extends InvalidInputError {}
