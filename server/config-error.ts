/** A setting that cannot be taken: its message is one sentence that names the variable and the remedy. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}
