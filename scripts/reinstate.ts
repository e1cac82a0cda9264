import { statusChange } from './status-change.ts'

/** Lifts suspensions; what is revoked stays revoked. */
export default statusChange({
  verb: 'reinstate',
  status: 'suspensions',
  sets: false,
  done: 'none of them is suspended',
  warning: 'which lifts the suspension; what is revoked stays revoked',
})
