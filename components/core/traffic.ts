/** Traffic between a cell's network and other cells. */

/** Traffic with another cell that the network ACLs allow in addition to the network's own rules. */
export interface CellTraffic {
  /** Which side opens the connection; `ingress` means the other cell. */
  readonly direction: "ingress" | "egress";
  /** The other cell's block. */
  readonly cidr: string;
  readonly protocol: "tcp" | "udp";
  /** Ports, from the first to the last. */
  readonly first: number;
  readonly last: number;
}
