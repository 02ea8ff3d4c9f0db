import * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { refuseUnsuitable } from "../core/existing.ts";
import { parseSpec } from "../core/spec.ts";
import {
  type AwsNetworkFacts,
  awsNetworkProblems,
  type ExistingSubnetKind,
} from "./aws-existing-checks.ts";
import {
  type AwsExistingNetworkInput,
  type AwsExistingNetworkSpec,
  awsExistingNetworkSchema,
} from "./aws-existing-schema.ts";
import type { AwsNetworkOutputs } from "./contract.ts";
import type { DataDemand } from "./data-demand.ts";
import type { NodeDemand } from "./node-demand.ts";

export interface AwsExistingNetworkArgs extends ComponentArgs {
  /** Plain settings; see schema.ts. */
  readonly spec: AwsExistingNetworkInput;
  /** The result of `lookUpAwsNetwork()`. */
  readonly facts: AwsNetworkFacts;
  /** The nodes that its subnets must have addresses for. @default not checked */
  readonly demand?: NodeDemand;
  /** The addresses that services need in its isolated subnets. @default not checked */
  readonly services?: DataDemand;
}

/**
 * An existing VPC, which is not changed. One that does not meet the requirements of a cell is refused, also in previews, before anything
 * is created in it.
 *
 * @example
 * const facts = await lookUpAwsNetwork(spec, { provider });
 * const network = new AwsExistingNetwork("network", { spec, facts, ownership }, { providers: { aws: provider } });
 *
 * @throws BlueprintError `manifest-invalid` with every problem of the spec; `existing-unsuitable` with every failed check.
 */
export class AwsExistingNetwork extends BlueprintComponent implements AwsNetworkOutputs {
  readonly cloud = "aws";
  readonly vpcId: pulumi.Output<string>;
  readonly privateSubnetIds: pulumi.Output<string>[];
  readonly isolatedSubnetIds: pulumi.Output<string>[];
  readonly deployedIsolatedSubnetIds: pulumi.Output<string>[];
  readonly subnetSet: string;
  readonly publicSubnetIds: pulumi.Output<string>[];
  readonly endpointSecurityGroupId: pulumi.Output<string> | undefined;
  /** The network's owner manages its routes. */
  readonly privateRouteTables = {};
  readonly isolatedRouteTableId = undefined;

  constructor(name: string, args: AwsExistingNetworkArgs, opts?: pulumi.ComponentResourceOptions) {
    const spec = parseSpec(awsExistingNetworkSchema, args.spec, name);
    const { vpcId, endpointSecurityGroupId } = spec.existing;
    refuseUnsuitable(
      `VPC ${vpcId}`,
      awsNetworkProblems(spec, args.facts, args.demand, args.services),
    );
    super("network", "AwsExistingNetwork", name, args, { spec }, opts);
    this.vpcId = pulumi.output(vpcId);
    this.privateSubnetIds = idsOf(spec, "private");
    this.isolatedSubnetIds = idsOf(spec, "isolated");
    this.deployedIsolatedSubnetIds = this.isolatedSubnetIds;
    this.subnetSet = spec.zones.map((zone) => spec.existing.subnets[zone]?.private).join(",");
    this.publicSubnetIds = idsOf(spec, "public");
    this.endpointSecurityGroupId = endpointSecurityGroupId
      ? pulumi.output(endpointSecurityGroupId)
      : undefined;
    this.registerOutputs({
      vpcId: this.vpcId,
      privateSubnetIds: this.privateSubnetIds,
      isolatedSubnetIds: this.isolatedSubnetIds,
      publicSubnetIds: this.publicSubnetIds,
    });
  }
}

/** The subnets of one kind, in the order of the zones; private ones where there are no isolated ones. */
function idsOf(
  { zones, existing }: AwsExistingNetworkSpec,
  kind: ExistingSubnetKind,
): pulumi.Output<string>[] {
  return zones.flatMap((zone) => {
    const subnets = existing.subnets[zone];
    const id = subnets?.[kind] ?? (kind === "isolated" ? subnets?.private : undefined);
    return id === undefined ? [] : [pulumi.output(id)];
  });
}
