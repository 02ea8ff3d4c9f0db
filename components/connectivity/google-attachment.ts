import * as gcp from "@pulumi/gcp";
import type * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { nameIn } from "../core/place.ts";
import { portsText } from "./matrix.ts";
import type { ConnectivityPlan } from "./model.ts";
import { type AccessRule, ruleKey } from "./rules.ts";

export interface GoogleAttachmentArgs extends ComponentArgs {
  readonly plan: ConnectivityPlan;
  /** The cell's name. */
  readonly cell: string;
  /** The cell's project. */
  readonly project: string;
  readonly hub: { readonly hubId: pulumi.Input<string> };
  readonly network: {
    readonly networkId: pulumi.Input<string>;
    readonly networkSelfLink: pulumi.Input<string>;
  };
  /** The part of the network that other cells reach, where not all of it is the cell's. @default all of it */
  readonly within?: string;
}

/** A higher priority than the network's rule that denies everything. */
const priority = 1000;

/**
 * Attaches a cell's network to the environment's Google hub as a spoke. The hub exchanges routes between all of its spokes;
 * firewall rules allow the traffic of the matrix, over the network's rules that deny everything.
 */
export class GoogleAttachment extends BlueprintComponent {
  readonly cloud = "gcp";

  constructor(name: string, args: GoogleAttachmentArgs, opts?: pulumi.ComponentResourceOptions) {
    super("connectivity", "GoogleAttachment", name, args, { cell: args.cell }, opts);
    const { plan, cell, project, ownership } = args;
    new gcp.networkconnectivity.Spoke(
      this.named(),
      {
        project,
        location: "global",
        name: nameIn(ownership, "gcp-compute", "hub"),
        hub: args.hub.hubId,
        linkedVpcNetwork: {
          uri: args.network.networkSelfLink,
          includeExportRanges: [...(plan.routes.exports[cell] ?? [])],
        },
      },
      this.child({ deleteBeforeReplace: true }),
    );
    for (const rule of plan.rules) if (rule.cell === cell) this.#rule(args, rule);
    this.registerOutputs({});
  }

  #rule({ project, network, ownership, within }: GoogleAttachmentArgs, rule: AccessRule): void {
    const key = ruleKey(rule);
    new gcp.compute.Firewall(
      this.named(key),
      {
        project,
        name: nameIn(ownership, "gcp-compute", "cells", key),
        description: rule.why,
        network: network.networkId,
        direction: rule.direction === "ingress" ? "INGRESS" : "EGRESS",
        priority,
        ...(rule.direction === "ingress"
          ? { sourceRanges: [rule.cidr], ...(within && { destinationRanges: [within] }) }
          : { destinationRanges: [rule.cidr] }),
        allows: [{ protocol: rule.protocol, ports: rule.ports.map(portsText) }],
        // Log all traffic between cells.
        logConfig: { metadata: "INCLUDE_ALL_METADATA" },
      },
      this.child(),
    );
  }
}
