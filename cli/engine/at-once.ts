/** How many stacks run at the same time, unless the user says it. */
import os from "node:os";

/** As many stacks as an environment with its cells has: they start together as far as their order allows. */
const fewStacks = 12;

/** Each stack runs an engine, a program and a policy pack, which mostly wait for clouds. */
export function atOnceFor(stacks: number): number {
  return stacks <= fewStacks ? stacks : Math.max(2, 2 * os.availableParallelism());
}
