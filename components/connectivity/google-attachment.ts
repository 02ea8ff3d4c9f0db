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

/** Above the network's own rule that denies everything, beside those that allow by name. */
const priority = 1000;

/**
 * A cell's network as a spoke of the environment's Google hub. The hub tells all of its spokes of each other; the firewall lets pass
 * what the matrix says, over the network's rules that deny everything.
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
        // What crosses the border of a cell is worth a line each.
        logConfig: { metadata: "INCLUDE_ALL_METADATA" },
      },
      this.child(),
    );
  }
}
