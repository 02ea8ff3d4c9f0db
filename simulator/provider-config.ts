/** Changes of a provider's own configuration. */
import { isDeepStrictEqual } from "node:util";
import { activeCluster } from "./kubeconfig.ts";
import { packageOf } from "./urn.ts";
import { type Bag, UNKNOWN } from "./wire.ts";

export interface ConfigDifference {
  readonly changed: string[];
  /** Properties whose change recreates all resources of the provider. */
  readonly replaces: string[];
}

/**
 * Only a kubernetes provider replaces its resources; each resource checks a changed region or project itself. Neither the AWS nor
 * the Google Cloud provider has a property that replaces it (the bridge supports `ForcesProviderReplace`, and both leave it unset):
 * adding a role is an update in place.
 */
export function diffConfig(type: string, olds: Bag, news: Bag): ConfigDifference {
  const changed = [...new Set([...Object.keys(olds), ...Object.keys(news)])].filter(
    (name) => name !== "version" && !isDeepStrictEqual(olds[name], news[name]),
  );
  const replaces = packageOf(type) === "kubernetes" ? otherCluster(changed, olds, news) : [];
  return { changed, replaces };
}

const IDENTIFIER = "clusterIdentifier";

/**
 * The changed properties that make it another cluster, by the rules of pulumi-kubernetes (`DiffConfig`): the identifier decides if
 * both configurations have one. Otherwise it is another cluster if the kubeconfig is unknown, or if any field of its active cluster
 * differs: address, certificate authority, proxy. Adding or removing an identifier by itself replaces nothing.
 */
function otherCluster(changed: readonly string[], olds: Bag, news: Bag): string[] {
  if (changed.length === 0) return [];
  const [before, after] = [olds[IDENTIFIER], news[IDENTIFIER]];
  if (before !== undefined && after !== undefined) return before === after ? [] : [IDENTIFIER];
  const located = ["kubeconfig", "context", "cluster"];
  const unknown = located.filter((name) => news[name] === UNKNOWN);
  if (unknown.length > 0) return unknown.slice(0, 1);
  const [old, now] = [activeCluster(olds), activeCluster(news)];
  if (old === undefined || now === undefined || isDeepStrictEqual(old, now)) return [];
  return located.filter((name) => changed.includes(name));
}
