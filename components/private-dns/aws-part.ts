import type * as pulumi from "@pulumi/pulumi";
import type { ComponentArgs } from "../core/component.ts";
import type { AwsPrivateDnsSpec } from "./schema.ts";

export interface AwsPrivateDnsNetwork {
  readonly vpcId: pulumi.Input<string>;
  /** In the order of the zones. */
  readonly privateSubnetIds: readonly pulumi.Input<string>[];
}

/** The common arguments of the parts of private DNS on AWS. */
export interface AwsPrivateDnsPart extends ComponentArgs {
  readonly spec: AwsPrivateDnsSpec;
  readonly network: AwsPrivateDnsNetwork;
}
