/** Checks an environment's and its cells' tags together. Pure. */
import type { Problem } from "../../components/core/errors.ts";
import { configFile } from "../files/config-files.ts";
import { mostTags } from "../manifest/tags.ts";
import type { EnvironmentManifest, PlacedCell } from "../model.ts";

/** A cell's resources have the tags of both manifests, each of which is within the limit by itself. */
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
