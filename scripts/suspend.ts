import { statusChange } from './status-change.ts'

/** Suspends credentials until they are reinstated. */
export default statusChange({
  verb: 'suspend',
  status: 'suspensions',
  sets: true,
  done: 'all of them are suspended',
  warning: 'until reinstated',
})
