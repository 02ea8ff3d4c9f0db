/** Common types of the parts of an AWS network. */
import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { ComponentArgs } from "../core/component.ts";
import type { AwsNetworkSpec } from "./aws-schema.ts";

export type SubnetKind = "private" | "isolated" | "public";

/** The subnets of one zone as resources. */
export interface ZoneSubnets {
  readonly zone: string;
  readonly place: number;
  readonly private: aws.ec2.Subnet;
  readonly isolated: aws.ec2.Subnet;
  readonly public: aws.ec2.Subnet;
}

/** The common arguments of the parts of an AWS network. */
export interface AwsNetworkPart extends ComponentArgs {
  readonly spec: AwsNetworkSpec;
  readonly vpcId: pulumi.Input<string>;
  /** The zones that the manifest names. */
  readonly zones: readonly ZoneSubnets[];
  /** Deployed zones that it no longer names. */
  readonly left: readonly ZoneSubnets[];
}
