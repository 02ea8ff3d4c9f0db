/** Adjustments of all components of a stack, by the component's name. */
import type { Adjustments } from "./adjust.ts";
import { BlueprintError } from "./errors.ts";
import { didYouMean } from "./suggest.ts";

/** The components of a cell, by the names that previews show. */
type CellComponent =
  | "network"
  | "connectivity"
  | "cluster"
  | "node-pools"
  | "dns"
  | "people"
  | "stream"
  | "event-sourcing"
  | "database"
  | "cache"
  | "object-store"
  | "secrets"
  | "identity";

/** Other names are components of an environment, for example `keys-aws-111122223333-us-east-1`. */
export type Hooks = Readonly<
  Partial<Record<CellComponent | (string & Record<never, never>), Adjustments>>
>;

/** The default export of a hooks file. */
export function defineHooks(hooks: Hooks): Hooks {
  return hooks;
}

/** Passes adjustments to components, and reports those for components that the stack does not have. */
export class StackHooks {
  readonly #hooks: Hooks;
  readonly #seen = new Set<string>();

  constructor(hooks: Hooks) {
    this.#hooks = hooks;
  }

  of(component: string): Adjustments {
    this.#seen.add(component);
    return this.#hooks[component] ?? {};
  }

  /** @throws BlueprintError `adjust-invalid` that lists the names that match no component of the stack */
  finish(file: string): void {
    const problems = Object.keys(this.#hooks)
      .filter((name) => !this.#seen.has(name))
      .map((name) => ({
        path: `${file}: ${name}`,
        message: `no such component in the stack${didYouMean(name, [...this.#seen])}`,
      }));
    if (problems.length === 0) return;
    throw new BlueprintError("adjust-invalid", "hooks match no component:", problems);
  }
}
