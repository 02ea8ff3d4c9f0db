/** The other environments of a folder, as far as they can be read: their own mistakes are reported when they are asked for. */
import { nameSchema } from "../../components/core/stack-name.ts";
import type { EnvironmentSection } from "../../components/section/environment-section.ts";
import type { Section } from "../../components/section/section.ts";
import type { PlacedCell, PlacedEnvironment } from "../model.ts";
import { defaultsIn } from "./cell-defaults.ts";
import type { StackConfig } from "./config-files.ts";
import { membersOf } from "./kind.ts";
import { readCell, readEnvironment } from "./manifests.ts";

export interface OtherEnvironment {
  readonly name: string;
  readonly manifest: StackConfig["manifest"];
  /** Undefined when a field is invalid. */
  readonly environment: PlacedEnvironment | undefined;
  /** The cells whose own fields are valid. */
  readonly cells: readonly PlacedCell[];
}

/**
 * The environments that are deployed to the same target. Rehearsals and real clouds never meet.
 *
 * @param stacks the stacks that have a config file
 * @param own the environment that is left out
 */
export function otherEnvironments(
  configDir: string,
  stacks: readonly string[],
  own: Pick<OtherEnvironment, "name" | "manifest">,
  registry: readonly Section[],
  ofEnvironments: readonly EnvironmentSection[],
): OtherEnvironment[] {
  const environments = stacks.filter((stack) => !stack.includes("."));
  return environments.flatMap((name): OtherEnvironment[] => {
    if (name === own.name || !isName(name)) return [];
    const read = readEnvironment(configDir, name, ofEnvironments, []);
    if (read === undefined || read.config.manifest.target !== own.manifest.target) return [];
    const { manifest } = read.config;
    const defaults = defaultsIn(manifest, registry);
    const members = membersOf(configDir, stacks, name);
    const cells = members.cells.flatMap((stack): PlacedCell[] => {
      if (!isName(stack.slice(name.length + 1))) return [];
      const found = readCell(configDir, stack, environments, registry, defaults, []);
      return found?.cell ? [found.cell] : [];
    });
    return [{ name, manifest, environment: read.environment, cells }];
  });
}

function isName(text: string): boolean {
  return nameSchema.safeParse(text).success;
}
