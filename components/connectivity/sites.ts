/** The configuration for a site's routers, in the same form for every cloud. */
import type * as pulumi from "@pulumi/pulumi";

/** The configuration of one tunnel. */
export interface SiteTunnel {
  /** The router's public address. */
  readonly router: string;
  /** The public address of the cloud's end. */
  readonly endpoint: pulumi.Input<string>;
  /** A /30 with the router's end and the cloud's end of the BGP session. */
  readonly inside: string;
  readonly routerAddress: string;
  readonly endpointAddress: string;
  /**
   * The location of the pre-shared key: the ARN of a secret on AWS, or `atoll:<key>` in the config of the environment's stack.
   * Never the key itself.
   */
  readonly presharedKey: pulumi.Input<string>;
}

/** A site's link to one hub. */
export interface SiteLink {
  readonly hub: string;
  readonly cloud: "aws" | "gcp";
  readonly routerAsn: number;
  readonly endpointAsn: number;
  readonly tunnels: readonly SiteTunnel[];
  /** Blocks that the routers announce; others are dropped. */
  readonly announces: readonly string[];
  /** Blocks that they learn. */
  readonly learns: readonly string[];
}
