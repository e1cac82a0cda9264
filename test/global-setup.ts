import hre from 'hardhat'

/** Tests import Hardhat in process, and that builds nothing: the artifacts are made here, once. */
export async function setup(): Promise<void> {
  await hre.tasks.getTask('build').run({ quiet: true, noTests: true })
}
