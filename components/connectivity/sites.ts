/** What whoever runs a site's routers has to be told: a contract of outputs, the same whichever cloud is at the other end. */
import type * as pulumi from "@pulumi/pulumi";

/** One tunnel as a site's router has to be set up for it. */
export interface SiteTunnel {
  /** The router's public address. */
  readonly router: string;
  /** The public address it opens the tunnel to. */
  readonly endpoint: pulumi.Input<string>;
  /** A /30 with the router's end and the cloud's end of the BGP session. */
  readonly inside: string;
  readonly routerAddress: string;
  readonly endpointAddress: string;
  /**
   * Where the key of the tunnel is: the ARN of a secret of AWS, or `atoll:<key>` in the config of the environment's stack. Never
   * the key itself.
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
  /** Blocks that the routers announce; whatever else they say is dropped. */
  readonly announces: readonly string[];
  /** Blocks that they learn. */
  readonly learns: readonly string[];
}
