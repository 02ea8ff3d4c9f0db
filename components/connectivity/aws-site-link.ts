import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { nameIn } from "../core/place.ts";
import type { AwsTransitHub } from "./aws-hub.ts";
import { writeTables } from "./aws-tables.ts";
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
  /** The planned tables of the hub. */
  readonly tables: readonly TransitTable[];
}

/** A site's routers at a Transit Gateway: a connection of two tunnels to each. */
export class AwsSiteLink extends BlueprintComponent {
  /** What the site has to be told. */
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
    writeTables(
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
        // Asked for the same address and ASN again, by another place or environment, AWS gives the one that is there. It would
        // then be in two states, and neither could let go of it.
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
        // Whoever sets up the router reads the keys there, by a right of their own, and not from our state.
        presharedKeyStorage: "SecretsManager",
        ...connectionTunnels(tunnels, hub.tunnelLogGroupArn),
        tags,
      },
      this.child(),
    );
    return { connection };
  }
}
