/** Refuses two owners of one thing: between the cells of an environment, and between environments of one folder. Pure. */
import type { Problem } from "../../components/core/errors.ts";
import { configFile } from "../files/config-files.ts";
import type { Declared } from "./singletons.ts";

/**
 * Problems of what the environment manages although another stack does so too. Within the environment the later stack reports it, or
 * the one that is asked for.
 */
export function ownerProblems(
  own: readonly Declared[],
  others: readonly Declared[],
  asked: string,
): Problem[] {
  const within = own.flatMap((later, index): Problem[] => {
    const first = own.slice(0, index).find(({ id }) => id === later.id);
    if (first === undefined) return [];
    return [first.stack === asked ? claim(first, later) : claim(later, first)];
  });
  const between = own.flatMap((each): Problem[] => {
    const other = others.find(({ id }) => id === each.id);
    return other === undefined ? [] : [claim(each, other)];
  });
  return [...within, ...between];
}

function claim(own: Declared, other: Declared): Problem {
  const { stack, path } = other;
  return {
    path: `${configFile(own.stack)}: ${own.path}`,
    message: `${own.rule}; ${configFile(stack)} (${path}) manages ${own.what} too`,
  };
}
