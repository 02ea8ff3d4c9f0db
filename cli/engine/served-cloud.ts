import type { ExistingResource } from "../../simulator/existing.ts";

/** A resource in the embedded cloud. */
export interface CloudResource {
  readonly urn: string;
  /** Empty for what manifests refer to as existing. */
  readonly stack: string;
  readonly type: string;
  readonly id: string;
  readonly outputs?: Readonly<Record<string, unknown>>;
  /** Whether the engine has recorded it. */
  readonly acknowledged: boolean;
}

/** The contents of the embedded cloud. */
export interface CloudInventory {
  /** Oldest first. */
  resources(): readonly CloudResource[];
  /** Removes a resource as if it had never been created. */
  remove(resource: CloudResource): void;
  /** Puts resources in that manifests refer to as existing. */
  exist(resources: readonly ExistingResource[]): void;
}

export interface ServedCloud {
  /** Its address, in the form of `PULUMI_DEBUG_PROVIDERS`. */
  readonly attachment: string;
  readonly inventory: CloudInventory;
  stop(): Promise<void>;
}

export type StartCloud = (options: { readonly stateDir: string }) => Promise<ServedCloud>;
