/** Runs the stacks of an environment in the order of their dependencies. */

/** A stack, and the stacks that must succeed before it can start. */
export interface Node {
  readonly name: string;
  readonly needs: readonly string[];
}

export type Outcome<Result> =
  | { readonly status: "done"; readonly result: Result }
  | { readonly status: "failed"; readonly error: unknown }
  /** Not run, because a dependency failed. */
  | { readonly status: "skipped"; readonly because: string };

/** The same nodes with every edge reversed: the order of `destroy`. */
export function reversed(nodes: readonly Node[]): Node[] {
  return nodes.map(({ name }) => ({
    name,
    needs: nodes.filter((other) => other.needs.includes(name)).map((other) => other.name),
  }));
}

/**
 * Runs every node once its dependencies are done, at most `atOnce` at a time. If a node fails, only the nodes that depend on it are
 * skipped.
 *
 * @returns the outcome of every node, in the order the nodes were given
 * @throws RangeError when dependencies have a cycle or a node is missing
 */
export async function runInOrder<Result>(
  nodes: readonly Node[],
  run: (name: string) => Promise<Result>,
  atOnce = Number.POSITIVE_INFINITY,
): Promise<ReadonlyMap<string, Outcome<Result>>> {
  checkOrder(nodes);
  const outcomes = new Map<string, Outcome<Result>>();
  const running = new Map<string, Promise<void>>();
  const waiting = new Set(nodes);

  const settle = async (name: string): Promise<void> => {
    const outcome = await run(name).then(
      (result): Outcome<Result> => ({ status: "done", result }),
      (error: unknown): Outcome<Result> => ({ status: "failed", error }),
    );
    outcomes.set(name, outcome);
    running.delete(name);
  };

  while (waiting.size > 0 || running.size > 0) {
    for (const node of waiting) {
      const broken = node.needs.find((need) => isBroken(outcomes.get(need)));
      if (broken !== undefined) {
        waiting.delete(node);
        outcomes.set(node.name, { status: "skipped", because: broken });
      } else if (
        running.size < atOnce &&
        node.needs.every((need) => outcomes.get(need)?.status === "done")
      ) {
        waiting.delete(node);
        running.set(node.name, settle(node.name));
      }
    }
    if (running.size > 0) await Promise.race(running.values());
  }
  return new Map(nodes.flatMap(({ name }) => entry(name, outcomes.get(name))));
}

function entry<Result>(
  name: string,
  outcome: Outcome<Result> | undefined,
): [string, Outcome<Result>][] {
  return outcome ? [[name, outcome]] : [];
}

function isBroken(outcome: Outcome<unknown> | undefined): boolean {
  return outcome !== undefined && outcome.status !== "done";
}

function checkOrder(nodes: readonly Node[]): void {
  const placed = new Set<string>();
  let left = [...nodes];
  while (left.length > 0) {
    const ready = left.filter(({ needs }) => needs.every((need) => placed.has(need)));
    if (ready.length === 0) {
      throw new RangeError(
        `the dependencies of stacks have a cycle, or a stack is missing: ${left.map(({ name }) => name).join(", ")}`,
      );
    }
    for (const { name } of ready) placed.add(name);
    left = left.filter(({ name }) => !placed.has(name));
  }
}
