import * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import type { GoogleRoutingHub } from "./google-hub.ts";
import { GoogleTunnels } from "./google-tunnels.ts";
import type { VpnLink } from "./links.ts";
import type { Announced } from "./routes.ts";
import type { ConnectivitySettings } from "./schema.ts";
import type { SiteLink } from "./sites.ts";

export interface GoogleSiteLinkArgs extends ComponentArgs {
  readonly link: VpnLink;
  readonly announced: Announced;
  readonly gateway: ConnectivitySettings["gateways"][string];
  readonly hub: GoogleRoutingHub;
  /** The pre-shared key of the tunnels. */
  readonly presharedKey: pulumi.Input<string>;
}

/** Connects a site's routers to Google's hub, with a tunnel from each interface of its gateway. */
export class GoogleSiteLink extends BlueprintComponent {
  /** The configuration for the site's routers. */
  readonly site: SiteLink;

  constructor(name: string, args: GoogleSiteLinkArgs, opts: pulumi.ComponentResourceOptions) {
    super("connectivity", "GoogleSiteLink", name, args, { link: args.link.key }, opts);
    const { link, gateway, hub, announced } = args;
    const router = (face: number) => face % gateway.addresses.length;
    new GoogleTunnels(
      this.named("google"),
      {
        ownership: args.ownership,
        retain: this.retain,
        hub,
        link: link.key,
        peerAsn: gateway.asn,
        peerAddresses: gateway.addresses,
        tunnels: link.tunnels.map(({ number, hubAddress, peerAddress }, face) => ({
          number,
          interface: face,
          peerInterface: router(face),
          address: hubAddress,
          peerAddress,
          sharedSecret: pulumi.secret(args.presharedKey),
        })),
        announced: announced.byHub,
        accepted: announced.byPeer,
      },
      { parent: this },
    );
    this.site = {
      hub: hub.hub.key,
      cloud: "gcp",
      routerAsn: gateway.asn,
      endpointAsn: hub.hub.asn,
      tunnels: link.tunnels.map(({ inside, hubAddress, peerAddress }, face) => ({
        router: gateway.addresses[router(face)] ?? "",
        endpoint: hub.gateway.vpnInterfaces.apply((faces) => faces[face]?.ipAddress ?? ""),
        inside,
        routerAddress: peerAddress,
        endpointAddress: hubAddress,
        presharedKey: `atoll:${gateway.presharedKey?.configKey ?? ""}`,
      })),
      announces: announced.byPeer,
      learns: announced.byHub,
    };
    this.registerOutputs({ site: this.site });
  }
}
