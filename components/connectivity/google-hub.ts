import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { refuseUnsuitable } from "../core/existing.ts";
import { nameIn } from "../core/place.ts";
import { googleHubProblems } from "./google-existing.ts";
import type { GoogleHub } from "./hubs.ts";

export interface GoogleHubArgs extends ComponentArgs {
  readonly hub: GoogleHub;
  /** Resource name of a hub that exists. @default it is created */
  readonly existing?: string;
}

/**
 * A Network Connectivity Center hub for the networks of Google cells, and a transit network without machines for the VPN
 * gateway. The hub propagates routes from the tunnels to the cells; the cells' firewall rules decide which traffic is allowed.
 *
 * @throws BlueprintError `existing-unsuitable` with every failed check of a hub that exists.
 */
export class GoogleRoutingHub extends BlueprintComponent {
  readonly cloud = "gcp";
  readonly hub: GoogleHub;
  /** `projects/<project>/locations/global/hubs/<name>` */
  readonly hubId: pulumi.Output<string>;
  /** The network with the VPN gateway: `projects/<project>/global/networks/<name>`. */
  readonly networkId: pulumi.Output<string>;
  readonly gateway: gcp.compute.HaVpnGateway;
  readonly router: gcp.compute.Router;

  constructor(name: string, args: GoogleHubArgs, opts?: pulumi.ComponentResourceOptions) {
    const { hub, ownership } = args;
    super("connectivity", "GoogleRoutingHub", name, args, { hub }, opts);
    this.hub = hub;
    const { project, region } = hub;

    this.hubId = args.existing === undefined ? this.#hub(args).id : this.#existing(args.existing);
    const network = new gcp.compute.Network(
      this.named("network"),
      {
        project,
        name: nameIn(ownership, "gcp-compute", "hub"),
        description: "Where tunnels to other clouds and sites end; no machines",
        autoCreateSubnetworks: false,
        // Cells in all regions use the tunnels of one region.
        routingMode: "GLOBAL",
        deleteDefaultRoutesOnCreate: true,
      },
      this.stateful(),
    );
    this.networkId = network.id;
    this.router = new gcp.compute.Router(
      this.named("router"),
      {
        project,
        region,
        name: nameIn(ownership, "gcp-compute", "hub"),
        network: network.id,
        // Advertise explicit routes to each peer, and none by default.
        bgp: { asn: hub.asn, advertiseMode: "CUSTOM", keepaliveInterval: 20 },
      },
      this.stateful(),
    );
    this.gateway = this.#gateway(args, network);
    this.registerOutputs({ hubId: this.hubId, networkId: this.networkId });
  }

  /** Read as a resource: the provider has no data source for hubs. */
  #existing(id: string): pulumi.Output<string> {
    const [, project = "", , , , name = ""] = id.split("/");
    const known = { project, name };
    const hub = gcp.networkconnectivity.Hub.get(this.named("existing"), id, known, this.child());
    return pulumi.all([hub.state, hub.presetTopology]).apply(([state, topology]) => {
      refuseUnsuitable(`hub ${id}`, googleHubProblems({ state, topology }));
      return id;
    });
  }

  #hub({ hub: { project, guests }, ownership }: GoogleHubArgs): gcp.networkconnectivity.Hub {
    const hub = new gcp.networkconnectivity.Hub(
      this.named(),
      {
        project,
        name: nameIn(ownership, "gcp-compute", "hub"),
        description: `Joins the Google cells of ${ownership.environment}`,
        policyMode: "PRESET",
        presetTopology: "MESH",
        exportPsc: false,
      },
      this.stateful(),
    );
    // Projects whose spokes are accepted automatically.
    if (guests.length > 0) {
      new gcp.networkconnectivity.Group(
        this.named("group"),
        {
          project,
          // The only group of a mesh topology.
          name: "default",
          hub: hub.id,
          autoAccept: { autoAcceptProjects: [...guests] },
        },
        this.child(),
      );
    }
    return hub;
  }

  /** An HA VPN gateway with two interfaces; each peer has tunnels to both. */
  #gateway(
    { hub: { project, region }, ownership }: GoogleHubArgs,
    network: gcp.compute.Network,
  ): gcp.compute.HaVpnGateway {
    const args: gcp.compute.HaVpnGatewayArgs = {
      project,
      region,
      name: nameIn(ownership, "gcp-compute", "hub"),
      network: network.id,
      stackType: "IPV4_ONLY",
      gatewayIpVersion: "IPV4",
    };
    return new gcp.compute.HaVpnGateway(this.named("gateway"), args, this.stateful());
  }
}
