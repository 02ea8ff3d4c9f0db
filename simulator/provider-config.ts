/** Changes of a provider's own configuration. */
import { isDeepStrictEqual } from "node:util";
import { CloudError } from "./errors.ts";
import { clusterOf } from "./kubeconfig.ts";
import { packageOf } from "./urn.ts";
import { type Bag, hasUnknown } from "./wire.ts";

export interface ConfigDifference {
  readonly changed: string[];
  /** Properties whose change recreates all resources of the provider. */
  readonly replaces: string[];
}

/**
 * Only a kubernetes provider with a different cluster replaces its resources; each resource checks a changed region or project
 * itself. Neither the AWS nor the Google Cloud provider has a property that replaces it (the bridge supports
 * `ForcesProviderReplace`, and both leave it unset): adding a role is an update in place.
 */
export function diffConfig(type: string, olds: Bag, news: Bag): ConfigDifference {
  const changed = [...new Set([...Object.keys(olds), ...Object.keys(news)])].filter(
    (name) => name !== "version" && !isDeepStrictEqual(olds[name], news[name]),
  );
  const moved =
    packageOf(type) === "kubernetes" &&
    changed.length > 0 &&
    !hasUnknown(news) &&
    serverOf(olds) !== serverOf(news);
  return { changed, replaces: moved ? ["kubeconfig"] : [] };
}

function serverOf(config: Bag): string | undefined {
  try {
    return clusterOf(config).server;
  } catch (error) {
    if (error instanceof CloudError) return undefined;
    throw error;
  }
}
