/** Deployed stacks of an environment that no manifest describes any more, such as those of a removed or renamed cell. */
import { mapAtOnce } from "./at-once.ts";
import { resourcesOf, stacksOf } from "./deployed.ts";
import type { Session } from "./session.ts";
import { countOf } from "./state.ts";

export interface Orphan {
  readonly stack: string;
  readonly resources: number;
}

/**
 * @param environment the environment's stack; stacks of its cells begin with it and a dot
 * @param described the stacks that have manifests
 */
export async function orphansOf(
  session: Session,
  environment: string,
  described: readonly string[],
): Promise<Orphan[]> {
  const known = new Set(described);
  const undescribed = (await stacksOf(session)).filter((stack) =>
    isUndescribed(stack, environment, known),
  );
  const counted = await mapAtOnce(undescribed, async (stack) => {
    const resources = countOf({ resources: await resourcesOf(session, stack) });
    return { stack, resources };
  });
  return orphansAmong(environment, described, counted);
}

/** The orphans among deployed stacks. */
export function orphansAmong(
  environment: string,
  described: readonly string[],
  deployed: readonly Orphan[],
): Orphan[] {
  const known = new Set(described);
  return deployed.filter(
    ({ stack, resources }) => resources > 0 && isUndescribed(stack, environment, known),
  );
}

function isUndescribed(
  stack: string,
  environment: string,
  described: ReadonlySet<string>,
): boolean {
  return stack.startsWith(`${environment}.`) && !described.has(stack);
}

/** What to do about an orphan, as one sentence. */
export function orphanCure(stack: string): string {
  return `restore Pulumi.${stack}.yaml, or delete its resources with npx atoll destroy ${stack}`;
}
