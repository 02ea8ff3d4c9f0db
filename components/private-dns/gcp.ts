import * as gcp from "@pulumi/gcp";
import type * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { nameIn } from "../core/place.ts";
import { parseSpec } from "../core/spec.ts";
import type { PrivateDnsContract } from "./contract.ts";
import { type GcpPrivateDnsInput, type GcpPrivateDnsSpec, gcpPrivateDnsSpec } from "./schema.ts";

export interface GcpPrivateDnsArgs extends ComponentArgs {
  /** Plain settings; see schema.ts. */
  readonly spec: GcpPrivateDnsInput;
  readonly network: {
    /** `projects/<project>/global/networks/<name>` */
    readonly networkId: pulumi.Input<string>;
  };
  /** The network of the environment's hub, in the same form; where the spec says that there is one. */
  readonly hubNetworkId?: pulumi.Input<string> | undefined;
}

/** Seconds that resolvers keep an answer. */
const ttl = 300;

/**
 * The private names of a cell on Google Cloud: a zone that its network and the hub's see, and the rest of the environment's
 * domain by way of the hub, which asks the other clouds. Queries are logged by the network itself.
 *
 * @throws BlueprintError `manifest-invalid` with every problem of the spec.
 */
export class GcpPrivateDns extends BlueprintComponent implements PrivateDnsContract {
  readonly cloud = "gcp";
  readonly zone: string;
  readonly zoneName: pulumi.Output<string>;

  constructor(name: string, args: GcpPrivateDnsArgs, opts?: pulumi.ComponentResourceOptions) {
    const spec = parseSpec(gcpPrivateDnsSpec, args.spec, name);
    super("private-dns", "GcpPrivateDns", name, args, { spec }, opts);
    this.zone = spec.zone;
    const hub = spec.hub ? args.hubNetworkId : undefined;
    this.zoneName = this.#zone(args, spec, hub).name;
    if (hub !== undefined) this.#domain(args, spec, hub);
    this.registerOutputs({ zone: this.zone, zoneName: this.zoneName });
  }

  #zone(
    { ownership, network }: GcpPrivateDnsArgs,
    { project, zone: dnsName }: GcpPrivateDnsSpec,
    hub: pulumi.Input<string> | undefined,
  ): gcp.dns.ManagedZone {
    const networks = [network.networkId, ...(hub === undefined ? [] : [hub])];
    const zone = new gcp.dns.ManagedZone(
      this.named(),
      {
        project,
        name: nameIn(ownership, "dns-zone", "private"),
        dnsName: `${dnsName}.`,
        description: "Private names of the cell",
        visibility: "private",
        privateVisibilityConfig: {
          networks: networks.map((networkUrl) => ({ networkUrl })),
        },
        // Others add records, controllers of the cluster for example: an environment that may go takes them along.
        forceDestroy: !this.retain,
      },
      this.stateful(),
    );
    new gcp.dns.RecordSet(
      this.named("cell"),
      {
        project,
        managedZone: zone.name,
        name: `cell.${dnsName}.`,
        type: "TXT",
        ttl,
        rrdatas: [`"${dnsName}"`],
      },
      this.child(),
    );
    return zone;
  }

  /** The longest name wins: the cell's own zone goes before the domain that the hub is asked for. */
  #domain(
    { ownership, network }: GcpPrivateDnsArgs,
    { project, domain }: GcpPrivateDnsSpec,
    hubNetworkId: pulumi.Input<string>,
  ): void {
    new gcp.dns.ManagedZone(
      this.named("domain"),
      {
        project,
        name: nameIn(ownership, "dns-zone", "domain"),
        dnsName: `${domain}.`,
        description: "Names of other cells, as the hub resolves them",
        visibility: "private",
        privateVisibilityConfig: { networks: [{ networkUrl: network.networkId }] },
        peeringConfig: { targetNetwork: { networkUrl: hubNetworkId } },
      },
      this.child(),
    );
  }
}
