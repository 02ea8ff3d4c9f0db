/** What passes between a cell's network and other cells. */

/** Traffic with another cell, which the lists let pass beside what is the network's own. */
export interface CellTraffic {
  /** Which side opens the connection: `ingress` is from the other cell. */
  readonly direction: "ingress" | "egress";
  /** The other cell's block. */
  readonly cidr: string;
  readonly protocol: "tcp" | "udp";
  /** Ports, from the first to the last. */
  readonly first: number;
  readonly last: number;
}
