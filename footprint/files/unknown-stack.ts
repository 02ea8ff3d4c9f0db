/** A requested stack that has no config file: reported with the names that are valid. */
import path from "node:path";
import type { Problem } from "../../components/core/errors.ts";
import { didYouMean } from "../../components/core/suggest.ts";
import { configFile, environmentOf } from "./config-files.ts";
import { membersOf } from "./kind.ts";

/**
 * @param asked an environment, or one of its cells or tenants
 * @param stacks the names of all stacks with a config file
 */
export function unknownStack(
  configDir: string,
  asked: string,
  stacks: readonly string[],
): Problem | undefined {
  const environment = environmentOf(asked);
  const environments = stacks.filter((stack) => !stack.includes("."));
  const at = (stack: string) => path.join(configDir, configFile(stack));
  if (!environments.includes(environment)) {
    // A cell's name without its environment.
    const cells = stacks.filter((stack) => stack.endsWith(`.${asked}`));
    const hint =
      cells.length > 0
        ? `: a cell is named with its environment, ${cells.join(" or ")}`
        : didYouMean(environment, environments);
    return { path: at(environment), message: `no such environment${hint}` };
  }
  if (stacks.includes(asked)) return undefined;
  const { cells, tenants } = membersOf(configDir, stacks, environment);
  const similar = didYouMean(asked, [...cells, ...tenants], { list: false });
  const list = cells.length > 0 ? `are ${cells.join(", ")}` : "have no config files";
  return {
    path: at(asked),
    message: `no such cell or tenant${similar}${similar ? " The" : "; the"} cells of ${environment} ${list}`,
  };
}
