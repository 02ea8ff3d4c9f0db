/** What a section's component is built from, beside its spec. */
import type * as pulumi from "@pulumi/pulumi";
import type { Cloud } from "../core/cloud.ts";
import type { ComponentArgs } from "../core/component.ts";
import type { CellTraffic } from "../core/traffic.ts";
import type { Credentials } from "../provider/credentials.ts";
import type { AwsCell, GcpCell, OnpremCell } from "./cell.ts";
import type { BuiltOn, Section } from "./section.ts";

interface Cells {
  readonly aws: AwsCell;
  readonly gcp: GcpCell;
  readonly onprem: OnpremCell;
}

/** What IAM knows the resources of another cell by, and how to build there. */
export interface FederatedTarget {
  readonly references: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly provider: pulumi.ProviderResource;
}

/** A cell that something is copied to. */
export interface CopyTarget {
  readonly cell: string;
  readonly region: string;
  /** That cell's key for a purpose. */
  key(purpose: string): pulumi.Input<string>;
}

export interface SectionBuild<C extends Cloud> {
  /** The component's name in Pulumi: `cache`, or `cache-sessions`. */
  readonly name: string;
  readonly cell: Cells[C];
  /** The main component of the section, where this is a further one: what all share, such as an operator, comes with it. */
  readonly main: pulumi.Resource | undefined;
  readonly common: ComponentArgs;
  /** Whom the stack acts as in accounts and projects. */
  readonly credentials: Credentials;
  /** The options of a component in the cell's account or project. */
  opts(more?: pulumi.ComponentResourceOptions): pulumi.ComponentResourceOptions;
  /** The options of data sources that are asked in the cell's account or project. */
  lookUp(): pulumi.InvokeOptions;
  /** The key for a purpose: an ARN on AWS, a resource name on GCP. */
  key(purpose: string): pulumi.Input<string>;
  /** A secret of the stack's config by its key without `atoll:`. @throws BlueprintError `manifest-invalid` when it is missing */
  secret(key: string): pulumi.Output<string>;
  /** The component of another section that is built before; undefined where the cell has none. */
  built<S extends Section>(section: S): BuiltOn<S, C> | undefined;
  /** The same for a section that every cell has. */
  needed<S extends Section>(section: S): BuiltOn<S, C>;
  /** What IAM knows the resources of the sections before by: kind, name, and what the kind needs. */
  readonly references: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** Bucket of the environment's archive that services of AWS deliver logs to; undefined where there is none yet. */
  readonly serviceLogs: pulumi.Input<string> | undefined;
  /** What passes between the cell's network and other cells. */
  readonly traffic: readonly CellTraffic[];
  /** Whether a service's data is copied from or to the cell. */
  isCopied(service: string): boolean;
  /** Where a service's data is copied to. */
  copiesTo(service: string): readonly CopyTarget[];
  /** The cells that workloads of an on-premises cell come into, by cloud. */
  federated(): Promise<{ readonly aws?: FederatedTarget; readonly gcp?: FederatedTarget }>;
}
