/** The inputs of a component of a tenant, in addition to its spec. */
import type * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { Cloud } from "../core/cloud.ts";
import type { ComponentArgs } from "../core/component.ts";
import type { Credentials } from "../provider/credentials.ts";
import type { OutputsOf, Section } from "./section.ts";
import type { TenantBuiltOn, TenantContext, TenantSection } from "./tenant-section.ts";

/** The network of a cell, as far as its cloud has it. */
export interface CellGround {
  readonly vpcId: string;
  /** In the order of the zones. */
  readonly isolatedSubnetIds: readonly string[];
  readonly clusterSecurityGroupId: string;
  readonly networkId: string;
  readonly subnetworkId: string;
}

export interface TenantBuild<C extends Cloud = Cloud> {
  /** The component's name in Pulumi: `aws-use1-database`. */
  readonly name: string;
  /** The tenant on this cell. */
  readonly tenant: TenantContext;
  readonly common: ComponentArgs;
  /** The roles and service accounts that the stack uses in accounts and projects. */
  readonly credentials: Credentials;
  /** The provider of the cell's cluster. */
  readonly cluster: { readonly provider: kubernetes.Provider };
  /** The options of a component in the cell's account or project, and in its cluster. */
  opts(more?: pulumi.ComponentResourceOptions): pulumi.ComponentResourceOptions;
  /** The environment's key for a purpose in the cell's account and region: an ARN on AWS, a resource name on Google Cloud. */
  key(purpose: string): pulumi.Input<string>;
  /** A secret of the stack's config by its key without `atoll:`. @throws BlueprintError `manifest-invalid` when it is missing */
  secret(key: string): pulumi.Output<string>;
  /**
   * A value from the outputs of a section of the cell. Unknown in a preview that runs before the cell is deployed.
   *
   * @param what names the value in errors
   * @throws BlueprintError `environment-not-up` in an update
   */
  ofCell<S extends Pick<Section, "name" | "outputs">, T>(
    section: S,
    what: string,
    pick: (outputs: OutputsOf<S>) => T | undefined,
  ): pulumi.Output<T>;
  /** A value of the cell's network. Unknown, and refused, as those of `ofCell`. */
  ground<K extends keyof CellGround>(field: K): pulumi.Output<CellGround[K]>;
  /**
   * The IAM reference to a resource of the cell, with the fields that grants of its kind use.
   *
   * @param kind the kind of grants: `bucket`
   * @param name the name that grants use: `main`, `uploads`
   */
  reference(kind: string, name: string): pulumi.Output<Readonly<Record<string, unknown>>>;
  /** The component of a section that is built before this one. Undefined if the tenant does not have it. */
  built<S extends TenantSection>(section: S): TenantBuiltOn<S, C> | undefined;
  /** The component of a section that every tenant has. */
  needed<S extends TenantSection>(section: S): TenantBuiltOn<S, C>;
}
