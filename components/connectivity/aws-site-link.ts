import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { nameIn } from "../core/place.ts";
import type { AwsTransitHub } from "./aws-hub.ts";
import { associateTables } from "./aws-tables.ts";
import { connectionTunnels, customerAsn, inConnections } from "./aws-tunnels.ts";
import type { VpnLink } from "./links.ts";
import type { Announced, TransitTable } from "./routes.ts";
import type { ConnectivitySettings } from "./schema.ts";
import type { SiteLink, SiteTunnel } from "./sites.ts";

export interface AwsSiteLinkArgs extends ComponentArgs {
  readonly link: VpnLink;
  readonly announced: Announced;
  readonly gateway: ConnectivitySettings["gateways"][string];
  readonly hub: AwsTransitHub;
  /** The planned route tables of the hub. */
  readonly tables: readonly TransitTable[];
}

/** Connects a site's routers to a Transit Gateway, with one VPN connection of two tunnels for each router. */
export class AwsSiteLink extends BlueprintComponent {
  /** The configuration for the site's routers. */
  readonly site: SiteLink;

  constructor(name: string, args: AwsSiteLinkArgs, opts: pulumi.ComponentResourceOptions) {
    super("connectivity", "AwsSiteLink", name, args, { link: args.link.key }, opts);
    const { link, gateway, hub, announced } = args;
    const pairs = inConnections(link.tunnels);
    const connections = gateway.addresses.flatMap((router, place) => {
      const tunnels = pairs[place];
      if (tunnels === undefined) return [];
      return [{ router, tunnels, place, ...this.#connection(args, tunnels, router, place) }];
    });
    associateTables(
      args.tables,
      hub.tables,
      link.key,
      connections.map(({ place, connection }) => ({
        key: this.named(`connection-${place}`),
        id: connection.transitGatewayAttachmentId,
      })),
      this.child(),
    );
    this.site = {
      hub: hub.hub.key,
      cloud: "aws",
      routerAsn: gateway.asn,
      endpointAsn: hub.hub.asn,
      tunnels: connections.flatMap(({ router, tunnels, connection }) =>
        tunnels.map(
          (tunnel, place): SiteTunnel => ({
            router,
            endpoint: place === 0 ? connection.tunnel1Address : connection.tunnel2Address,
            inside: tunnel.inside,
            routerAddress: tunnel.peerAddress,
            endpointAddress: tunnel.hubAddress,
            presharedKey: connection.presharedKeyArn,
          }),
        ),
      ),
      announces: announced.byPeer,
      learns: announced.byHub,
    };
    this.registerOutputs({ site: this.site });
  }

  #connection(
    { hub, gateway, ownership, link }: AwsSiteLinkArgs,
    tunnels: Parameters<typeof connectionTunnels>[0],
    ipAddress: string,
    place: number,
  ): { connection: aws.ec2.VpnConnection } {
    const tags = { Name: nameIn(ownership, "aws-name-tag", link.key, String(place)) };
    const customer = new aws.ec2.CustomerGateway(
      this.named(`customer-${place}`),
      {
        type: "ipsec.1",
        ...customerAsn(gateway.asn),
        ipAddress,
        // For an address and ASN that exist already, AWS returns the existing gateway. It would then be in two stacks, and
        // neither could delete it.
        deviceName: nameIn(ownership, "vpn-device", link.key, String(place)),
        tags,
      },
      this.child(),
    );
    const connection = new aws.ec2.VpnConnection(
      this.named(`connection-${place}`),
      {
        type: "ipsec.1",
        customerGatewayId: customer.id,
        transitGatewayId: hub.transitGatewayId,
        staticRoutesOnly: false,
        // The operator of the router reads the keys there, with their own permissions, and not from our state.
        presharedKeyStorage: "SecretsManager",
        ...connectionTunnels(tunnels, hub.tunnelLogGroupArn),
        tags,
      },
      this.child(),
    );
    return { connection };
  }
}
