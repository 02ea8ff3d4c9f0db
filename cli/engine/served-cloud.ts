/** The embedded cloud, as a rehearsal sees it while it is served. */
import type { ExistingResource } from "../../simulator/existing.ts";

/** A resource in the embedded cloud. */
export interface CloudResource {
  readonly urn: string;
  /** Empty for what manifests refer to as existing. */
  readonly stack: string;
  readonly type: string;
  readonly id: string;
  /** Whether the engine has shown that it knows of it. */
  readonly acknowledged: boolean;
}

/** The embedded cloud, as far as recovery needs it. */
export interface CloudInventory {
  /** Oldest first. */
  standing(): readonly CloudResource[];
  /** Takes a resource away as if it had never been made. */
  remove(resource: CloudResource): void;
  /** Puts resources in that manifests refer to as existing. */
  exist(resources: readonly ExistingResource[]): void;
}

export interface ServedCloud {
  /** Where it is served, as `PULUMI_DEBUG_PROVIDERS` says it. */
  readonly attachment: string;
  readonly inventory: CloudInventory;
  stop(): Promise<void>;
}

export type StartCloud = (options: { readonly stateDir: string }) => Promise<ServedCloud>;
