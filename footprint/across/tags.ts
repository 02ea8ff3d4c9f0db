/** Tags that an environment and its cells give together. Pure. */
import type { Problem } from "../../components/core/errors.ts";
import { configFile } from "../files/config-files.ts";
import { mostTags } from "../manifest/tags.ts";
import type { EnvironmentManifest, PlacedCell } from "../model.ts";

/** Each manifest keeps to the limit by itself; a cell's resources have the tags of both. */
export function tagProblems(
  tags: EnvironmentManifest["tags"],
  cells: readonly PlacedCell[],
): Problem[] {
  return cells.flatMap((cell) => {
    const all = Object.keys({ ...tags, ...cell.tags }).length;
    if (all <= mostTags) return [];
    const message = `must be at most ${mostTags} tags together with the environment's: there are ${all}`;
    return { path: `${configFile(cell.stack)}: tags`, message };
  });
}
