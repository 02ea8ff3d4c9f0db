import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { refuseUnsuitable } from "../core/existing.ts";
import { nameIn } from "../core/place.ts";
import { parseSpec } from "../core/spec.ts";
import type { PrivateDnsContract } from "./contract.ts";
import { type ManagedZoneFacts, managedZoneProblems } from "./gcp-existing.ts";
import { type GcpPrivateDnsInput, type GcpPrivateDnsSpec, gcpPrivateDnsSpec } from "./schema.ts";

export interface GcpPrivateDnsArgs extends ComponentArgs {
  /** Plain settings; see schema.ts. */
  readonly spec: GcpPrivateDnsInput;
  readonly network: {
    /** `projects/<project>/global/networks/<name>` */
    readonly networkId: pulumi.Input<string>;
  };
  /** The network of the environment's hub, in the same form. Required if `spec` uses the hub. */
  readonly hubNetworkId?: pulumi.Input<string> | undefined;
  /** What Google says of an existing zone: the result of `lookUpManagedZone()`. */
  readonly facts?: ManagedZoneFacts | undefined;
}

/** Time to live of records, in seconds. */
const ttl = 300;

/**
 * Private DNS of a cell on Google Cloud: a managed zone that is visible to its network and the hub's, and a peering zone for the rest
 * of the environment's domain to the hub, which forwards to other clouds. The network's own DNS policy logs queries.
 *
 * @throws BlueprintError `manifest-invalid` with every problem of the spec; `existing-unsuitable` with every failed check.
 */
export class GcpPrivateDns extends BlueprintComponent implements PrivateDnsContract {
  readonly cloud = "gcp";
  readonly zone: string;
  readonly zoneName: pulumi.Output<string>;

  constructor(name: string, args: GcpPrivateDnsArgs, opts?: pulumi.ComponentResourceOptions) {
    const spec = parseSpec(gcpPrivateDnsSpec, args.spec, name);
    if (spec.existing !== undefined) {
      const { facts = { failure: "it was not asked for" } } = args;
      refuseUnsuitable(`the zone of ${spec.zone}`, managedZoneProblems(spec.zone, facts));
    }
    super("private-dns", "GcpPrivateDns", name, args, { spec }, opts);
    this.zone = spec.zone;
    const hub = spec.hub ? args.hubNetworkId : undefined;
    this.zoneName =
      spec.existing === undefined ? this.#zone(args, spec, hub).name : pulumi.output(spec.existing);
    this.#record(spec);
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
        // Controllers of the cluster can add records. Deleting an ephemeral environment deletes them too.
        forceDestroy: !this.retain,
      },
      this.stateful(),
    );
    return zone;
  }

  #record({ project, zone: dnsName }: GcpPrivateDnsSpec): void {
    new gcp.dns.RecordSet(
      this.named("cell"),
      {
        project,
        managedZone: this.zoneName,
        name: `cell.${dnsName}.`,
        type: "TXT",
        ttl,
        rrdatas: [`"${dnsName}"`],
      },
      this.child(),
    );
  }

  /** The most specific zone wins: the cell's own zone takes precedence over the peering zone. */
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
