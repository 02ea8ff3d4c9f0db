/** Which stacks a command works on: all of an environment, or one cell alone. */
import type { Node } from "./graph.ts";

export interface Chosen {
  /** The stacks to run. A single cell has no dependencies to wait for. */
  readonly stacks: readonly Node[];
  /** The stacks whose outputs these read, and which the command does not change. */
  readonly before: readonly Node[];
}

/**
 * @param nodes the environment's stacks, its own first
 * @param asked the environment's stack, or a cell's
 */
export function choose(nodes: readonly Node[], asked: string): Chosen {
  const [environment] = nodes;
  if (environment?.name === asked) return { stacks: nodes, before: [] };
  const needed = neededBy(nodes, asked);
  return {
    stacks: [{ name: asked, needs: [] }],
    before: nodes.filter(({ name }) => needed.has(name)),
  };
}

/** The nodes with these names, with only the dependencies among them. */
export function among(nodes: readonly Node[], names: readonly string[]): Node[] {
  return nodes
    .filter(({ name }) => names.includes(name))
    .map(({ name, needs }) => ({ name, needs: needs.filter((need) => names.includes(need)) }));
}

function neededBy(nodes: readonly Node[], name: string, known = new Set<string>()): Set<string> {
  for (const need of nodes.find((node) => node.name === name)?.needs ?? []) {
    if (known.has(need)) continue;
    known.add(need);
    neededBy(nodes, need, known);
  }
  return known;
}
