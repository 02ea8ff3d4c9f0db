/** The inputs of a section's component, in addition to its spec. */
import type * as pulumi from "@pulumi/pulumi";
import type { Cloud } from "../core/cloud.ts";
import type { ComponentArgs } from "../core/component.ts";
import type { CellTraffic } from "../core/traffic.ts";
import type { Credentials } from "../provider/credentials.ts";
import type { AwsCell, GcpCell, OnpremCell } from "./cell.ts";
import type { Deployed } from "./deployed.ts";
import type { GrantKind } from "./grant.ts";
import type { BuiltOn, CheckedSection, Section } from "./section.ts";

interface Cells {
  readonly aws: AwsCell;
  readonly gcp: GcpCell;
  readonly onprem: OnpremCell;
}

/** References to the resources of another cell for IAM, and the provider to create resources there. */
export interface FederatedTarget {
  readonly references: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly provider: pulumi.ProviderResource;
}

/** A cell that data is replicated to. */
export interface CopyTarget {
  readonly cell: string;
  readonly region: string;
  /** The target cell's key for a purpose. */
  key(purpose: string): pulumi.Input<string>;
}

export interface SectionBuild<C extends Cloud> {
  /** The component's name in Pulumi: `cache`, or `cache-sessions`. */
  readonly name: string;
  readonly cell: Cells[C];
  /** All sections of the cell. */
  readonly sections: readonly CheckedSection[];
  /** The main component of the section, where this is a further one: what all share, such as an operator, comes with it. */
  readonly main: pulumi.Resource | undefined;
  readonly common: ComponentArgs;
  /** The resources of the stack as they were last deployed. */
  readonly deployed: Deployed;
  /** The roles and service accounts that the stack uses in accounts and projects. */
  readonly credentials: Credentials;
  /** The options of a component in the cell's account or project. */
  opts(more?: pulumi.ComponentResourceOptions): pulumi.ComponentResourceOptions;
  /** The options of data sources that are asked in the cell's account or project. */
  lookUp(): pulumi.InvokeOptions;
  /** The key for a purpose: an ARN on AWS, a resource name on GCP. */
  key(purpose: string): pulumi.Input<string>;
  /** A secret of the stack's config by its key without `atoll:`. @throws BlueprintError `manifest-invalid` when it is missing */
  secret(key: string): pulumi.Output<string>;
  /** The component of a section that is built before this one. Undefined if the cell does not have it. */
  built<S extends Section>(section: S): BuiltOn<S, C> | undefined;
  /** The component of a section that every cell has. */
  needed<S extends Section>(section: S): BuiltOn<S, C>;
  /** The kinds of grants of a repository's own sections. */
  readonly ownGrants: readonly GrantKind[];
  /** IAM references to the resources of the sections built before: kind, name, and the reference of the kind. */
  readonly references: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** Bucket of the environment's archive that AWS services deliver logs to. Undefined before it exists. */
  readonly serviceLogs: pulumi.Input<string> | undefined;
  /** The allowed traffic between the cell's network and other cells. */
  readonly traffic: readonly CellTraffic[];
  /** Whether a service's data is replicated from or to the cell. */
  isCopied(service: string): boolean;
  /** The cells that a service's data is replicated to. */
  copiesTo(service: string): readonly CopyTarget[];
  /** The cells whose cloud resources workloads of an on-premises cell access, by cloud. */
  federated(): Promise<{ readonly aws?: FederatedTarget; readonly gcp?: FederatedTarget }>;
}
