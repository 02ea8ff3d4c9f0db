/** How many stacks run at the same time, unless the user says it. */
import os from "node:os";

/** As many stacks as an environment with its cells has: they start together as far as their order allows. */
const fewStacks = 12;

/** Each stack runs an engine, a program and a policy pack, which mostly wait for clouds. */
export function atOnceFor(stacks: number): number {
  return stacks <= fewStacks ? stacks : Math.max(2, 2 * os.availableParallelism());
}

/** The results of work on many stacks, in the order of the items. After an error no further item is begun. */
export async function mapAtOnce<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
  most: number = atOnceFor(items.length),
): Promise<Result[]> {
  const results: Result[] = [];
  const left = items.entries();
  const worker = async () => {
    for (const [index, item] of left) results[index] = await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(most, items.length) }, worker));
  return results;
}
