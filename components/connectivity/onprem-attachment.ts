import type * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { portsText } from "./matrix.ts";
import type { ConnectivityPlan } from "./model.ts";
import type { SiteLink } from "./sites.ts";

export interface OnpremAttachmentArgs extends ComponentArgs {
  readonly plan: ConnectivityPlan;
  /** The cell's name. */
  readonly cell: string;
  /** The site's links, from the environment's outputs. */
  readonly links: readonly SiteLink[];
}

/** One rule for a site's firewall; a stateful firewall needs none for responses. */
export interface SiteRule {
  readonly direction: "in" | "out";
  /** The other cell's block. */
  readonly cidr: string;
  readonly protocol: "tcp" | "udp";
  /** `443` or `9092-9098`. */
  readonly ports: readonly string[];
  readonly why: string;
}

/** Outputs the configuration for a site's routers and firewall, which Atoll does not manage. Creates nothing. */
export class OnpremAttachment extends BlueprintComponent {
  readonly cloud = "onprem";
  /** For the routers. */
  readonly links: readonly SiteLink[];
  /** For the firewall: all other traffic with the blocks of cells must be denied. */
  readonly rules: readonly SiteRule[];

  constructor(name: string, args: OnpremAttachmentArgs, opts?: pulumi.ComponentResourceOptions) {
    super("connectivity", "OnpremAttachment", name, args, { cell: args.cell }, opts);
    this.links = args.links;
    this.rules = args.plan.rules
      .filter(({ cell }) => cell === args.cell)
      .map(({ direction, cidr, protocol, ports, why }) => ({
        direction: direction === "ingress" ? "in" : "out",
        cidr,
        protocol,
        ports: ports.map(portsText),
        why,
      }));
    this.registerOutputs({ links: this.links, rules: this.rules });
  }
}
