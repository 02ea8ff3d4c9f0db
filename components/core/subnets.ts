import type * as pulumi from "@pulumi/pulumi";

/** The isolated subnets of a network on AWS. */
export interface IsolatedSubnets {
  /** In the order of the zones; at least two. */
  readonly isolatedSubnetIds: readonly pulumi.Input<string>[];
  /** The same with zones that the manifest no longer names: what is in their subnets stays there. @default isolatedSubnetIds */
  readonly deployedIsolatedSubnetIds?: readonly pulumi.Input<string>[];
}

/** The subnets of groups that must not lose one that is in use. */
export function deployedSubnets({
  isolatedSubnetIds,
  deployedIsolatedSubnetIds = isolatedSubnetIds,
}: IsolatedSubnets): readonly pulumi.Input<string>[] {
  return deployedIsolatedSubnetIds;
}
