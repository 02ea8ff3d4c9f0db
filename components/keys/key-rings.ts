/** The keys of an environment as its other sections use them. */
import type * as pulumi from "@pulumi/pulumi";

/** A key for each purpose. */
export type KeyRing = Readonly<Record<string, pulumi.Input<string>>>;

export interface EnvironmentKeys {
  /** By target id, then by purpose. */
  readonly rings: Readonly<Record<string, KeyRing>>;
  /** The keys of audit archives by project. On AWS the archive creates its own. */
  readonly archives: KeyRing;
}
