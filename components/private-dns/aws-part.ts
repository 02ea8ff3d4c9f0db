import type * as pulumi from "@pulumi/pulumi";
import type { ComponentArgs } from "../core/component.ts";
import type { AwsPrivateDnsSpec } from "./schema.ts";

export interface AwsPrivateDnsNetwork {
  readonly vpcId: pulumi.Input<string>;
  /** In the order of the zones. */
  readonly privateSubnetIds: readonly pulumi.Input<string>[];
}

/** What every part of the private names on AWS is given. */
export interface AwsPrivateDnsPart extends ComponentArgs {
  readonly spec: AwsPrivateDnsSpec;
  readonly network: AwsPrivateDnsNetwork;
}
