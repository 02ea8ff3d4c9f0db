import * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { found, refuseUnsuitable } from "../core/existing.ts";
import { parseSpec } from "../core/spec.ts";
import type { GcpNetworkOutputs } from "./contract.ts";
import { type GcpNetworkFacts, gcpNetworkProblems } from "./gcp-existing-checks.ts";
import { type GcpExistingNetworkInput, gcpExistingNetworkSchema } from "./gcp-existing-schema.ts";
import type { NodeDemand } from "./node-demand.ts";

export interface GcpExistingNetworkArgs extends ComponentArgs {
  /** Plain settings; see schema.ts. */
  readonly spec: GcpExistingNetworkInput;
  /** The result of `lookUpGcpNetwork()`. */
  readonly facts: GcpNetworkFacts;
  /** The nodes that its subnets must have addresses for. @default not checked */
  readonly demand?: NodeDemand;
}

/**
 * An existing VPC network, which is not changed. One that does not meet the requirements of a cell is refused, also in previews, before
 * anything is created in it.
 *
 * @example
 * const facts = await lookUpGcpNetwork(spec, { provider });
 * const network = new GcpExistingNetwork("network", { spec, facts, ownership }, { providers: { gcp: provider } });
 *
 * @throws BlueprintError `manifest-invalid` with every problem of the spec; `existing-unsuitable` with every failed check.
 */
export class GcpExistingNetwork extends BlueprintComponent implements GcpNetworkOutputs {
  readonly cloud = "gcp";
  readonly networkId: pulumi.Output<string>;
  readonly networkSelfLink: pulumi.Output<string>;
  readonly subnetworkId: pulumi.Output<string>;
  readonly subnetworkSelfLink: pulumi.Output<string>;
  readonly podRangeName: string;
  readonly serviceRangeName: string;

  constructor(name: string, args: GcpExistingNetworkArgs, opts?: pulumi.ComponentResourceOptions) {
    const spec = parseSpec(gcpExistingNetworkSchema, args.spec, name);
    const { existing } = spec;
    refuseUnsuitable(
      `VPC network ${existing.network}`,
      gcpNetworkProblems(spec, args.facts, args.demand),
    );
    super("network", "GcpExistingNetwork", name, args, { spec }, opts);
    const network = found(args.facts.network);
    const subnetwork = found(args.facts.subnetwork);
    this.networkId = pulumi.output(network.id);
    this.networkSelfLink = pulumi.output(network.selfLink);
    this.subnetworkId = pulumi.output(subnetwork.id);
    this.subnetworkSelfLink = pulumi.output(subnetwork.selfLink);
    this.podRangeName = existing.podRange;
    this.serviceRangeName = existing.serviceRange;
    this.registerOutputs({
      networkId: this.networkId,
      networkSelfLink: this.networkSelfLink,
      subnetworkId: this.subnetworkId,
      subnetworkSelfLink: this.subnetworkSelfLink,
      podRangeName: this.podRangeName,
      serviceRangeName: this.serviceRangeName,
    });
  }
}
