import * as gcp from "@pulumi/gcp";
import type * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { nameIn } from "../core/place.ts";
import type { GoogleRoutingHub } from "./google-hub.ts";

/** One tunnel, as seen from Google's end. */
export interface GoogleTunnel {
  readonly number: number;
  /** Interface of this end's gateway: 0 or 1. */
  readonly interface: number;
  /** Interface of the other end's gateway: the index in `peerAddresses`. */
  readonly peerInterface: number;
  /** Address inside the tunnel. */
  readonly address: string;
  readonly peerAddress: string;
  readonly sharedSecret: pulumi.Input<string>;
}

export interface GoogleTunnelsArgs extends ComponentArgs {
  readonly hub: GoogleRoutingHub;
  /** The link's name. */
  readonly link: string;
  readonly peerAsn: number;
  /** Public addresses of the other end: one, two or four. */
  readonly peerAddresses: readonly pulumi.Input<string>[];
  readonly tunnels: readonly GoogleTunnel[];
  /** Blocks that this end announces. */
  readonly announced: readonly string[];
  /** Blocks that the other end may announce; others are not propagated to the cells. */
  readonly accepted: readonly string[];
}

/** By the number of addresses of the other end. */
const redundancy: Readonly<Record<number, string>> = {
  1: "SINGLE_IP_INTERNALLY_REDUNDANT",
  2: "TWO_IPS_REDUNDANCY",
  4: "FOUR_IPS_REDUNDANCY",
};

/** Google's end of a link: tunnels of an HA VPN gateway with one BGP session each, and their spoke of the hub. */
export class GoogleTunnels extends BlueprintComponent {
  constructor(name: string, args: GoogleTunnelsArgs, opts: pulumi.ComponentResourceOptions) {
    super("connectivity", "GoogleTunnels", name, args, { link: args.link }, opts);
    const { project } = args.hub.hub;
    const gateway = new gcp.compute.ExternalVpnGateway(
      this.named(),
      {
        project,
        name: nameIn(args.ownership, "gcp-compute", args.link),
        redundancyType: redundancy[args.peerAddresses.length] ?? "",
        interfaces: args.peerAddresses.map((ipAddress, id) => ({ id, ipAddress })),
      },
      // Its addresses are immutable, and its name is unique while it exists.
      this.child({ deleteBeforeReplace: true }),
    );
    const tunnels = args.tunnels.map((tunnel) => this.#tunnel(args, gateway, tunnel));
    this.#spoke(args, tunnels);
    this.registerOutputs({});
  }

  #tunnel(
    args: GoogleTunnelsArgs,
    gateway: gcp.compute.ExternalVpnGateway,
    tunnel: GoogleTunnel,
  ): gcp.compute.VPNTunnel {
    const { hub, router, gateway: own } = args.hub;
    const { project, region } = hub;
    const key = `tunnel-${tunnel.number}`;
    const name = nameIn(args.ownership, "gcp-compute", args.link, key);
    const made = new gcp.compute.VPNTunnel(
      this.named(key),
      {
        project,
        region,
        name,
        router: router.id,
        vpnGateway: own.id,
        vpnGatewayInterface: tunnel.interface,
        peerExternalGateway: gateway.id,
        peerExternalGatewayInterface: tunnel.peerInterface,
        ikeVersion: 2,
        sharedSecret: tunnel.sharedSecret,
      },
      this.child({ deleteBeforeReplace: true }),
    );
    const face = new gcp.compute.RouterInterface(
      this.named(`${key}-interface`),
      {
        project,
        region,
        name,
        router: router.name,
        ipRange: `${tunnel.address}/30`,
        vpnTunnel: made.id,
      },
      this.child({ deleteBeforeReplace: true }),
    );
    new gcp.compute.RouterPeer(
      this.named(`${key}-peer`),
      {
        project,
        region,
        name,
        router: router.name,
        interface: face.name,
        ipAddress: tunnel.address,
        peerIpAddress: tunnel.peerAddress,
        peerAsn: args.peerAsn,
        advertiseMode: "CUSTOM",
        advertisedIpRanges: args.announced.map((range) => ({ range })),
      },
      this.child({ deleteBeforeReplace: true }),
    );
    return made;
  }

  /** One spoke for all tunnels of a link: they announce the same. Links are not transitive. */
  #spoke(args: GoogleTunnelsArgs, tunnels: readonly gcp.compute.VPNTunnel[]): void {
    const { hub, hubId } = args.hub;
    new gcp.networkconnectivity.Spoke(
      this.named("spoke"),
      {
        project: hub.project,
        location: hub.region,
        name: nameIn(args.ownership, "gcp-compute", args.link),
        hub: hubId,
        linkedVpnTunnels: {
          uris: tunnels.map(({ selfLink }) => selfLink),
          siteToSiteDataTransfer: false,
          // The return path to the cells, which have other networks.
          includeImportRanges: ["ALL_IPV4_RANGES"],
          includeExportRanges: [...args.accepted],
        },
      },
      this.child({ deleteBeforeReplace: true }),
    );
  }
}
