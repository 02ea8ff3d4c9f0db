/** Values that a manifest only names: secrets stand beside it in the stack's config, where no schema of the manifest sees them. */

import type { Problem } from "../../components/core/errors.ts";
import type { CellSpecs } from "../model.ts";
import type { StackConfig } from "./config-files.ts";

/** The values that a cell names and that are not there. */
export function missingConfig(specs: CellSpecs, file: string, config: StackConfig): Problem[] {
  return missingValues(configKeys(specs), file, config);
}

/** The values that are not there, of keys by the fields that name them. */
export function missingValues(
  keys: Readonly<Record<string, string>>,
  file: string,
  config: StackConfig,
): Problem[] {
  return Object.entries(keys).flatMap(([field, key]) => {
    const name = `atoll:${key}`;
    if (config.has(name)) return [];
    return {
      path: `${file}: config`,
      message: `must hold ${name}, which ${field} names: set it with \`pulumi config set --secret ${name}\``,
    };
  });
}

/** The keys by the fields that name them. */
function configKeys(specs: CellSpecs): Record<string, string> {
  const keys: Record<string, string> = {};
  if (specs.cloud === "onprem") keys["cluster.kubeconfig"] = specs.cluster.kubeconfig.configKey;
  if (specs.cloud !== "aws" && specs.eventSourcing?.registry) {
    keys["eventSourcing.registry.database.password"] =
      specs.eventSourcing.registry.database.password.configKey;
  }
  return keys;
}
