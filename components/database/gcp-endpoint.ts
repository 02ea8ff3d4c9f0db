import * as gcp from "@pulumi/gcp";
import type * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";

export interface GcpDatabaseEndpointArgs extends ComponentArgs {
  readonly project: string;
  readonly region: string;
  /** Physical name of the instance, used for all of these resources. */
  readonly instanceName: string;
  readonly instance: gcp.sql.DatabaseInstance;
  readonly networkId: pulumi.Input<string>;
  /** The subnetwork of the address. */
  readonly subnetworkId: pulumi.Input<string>;
}

/** Seconds that resolvers cache the record. */
const ttl = 60;

/** A Private Service Connect endpoint of an instance in the cell's network, with the DNS name of its certificate. */
export class GcpDatabaseEndpoint extends BlueprintComponent {
  /** Host name, without a trailing dot. */
  readonly host: pulumi.Output<string>;

  constructor(name: string, args: GcpDatabaseEndpointArgs, opts?: pulumi.ComponentResourceOptions) {
    super("database", "GcpDatabaseEndpoint", name, args, {}, opts);
    const { project, region, instanceName, instance, networkId } = args;
    const address = new gcp.compute.Address(
      this.named("address"),
      {
        project,
        region,
        name: instanceName,
        addressType: "INTERNAL",
        subnetwork: args.subnetworkId,
        description: `Private Service Connect endpoint of ${instanceName}`,
      },
      this.child(),
    );
    new gcp.compute.ForwardingRule(
      this.named(),
      {
        project,
        region,
        name: instanceName,
        network: networkId,
        ipAddress: address.id,
        target: instance.pscServiceAttachmentLink,
        // Neither internal nor external, as Private Service Connect requires.
        loadBalancingScheme: "",
      },
      this.child(),
    );
    const zone = new gcp.dns.ManagedZone(
      this.named("zone"),
      {
        project,
        name: instanceName,
        dnsName: instance.dnsName,
        description: `${instanceName} at its private endpoint`,
        visibility: "private",
        privateVisibilityConfig: { networks: [{ networkUrl: networkId }] },
      },
      this.child(),
    );
    const record = new gcp.dns.RecordSet(
      this.named("record"),
      {
        project,
        managedZone: zone.name,
        name: instance.dnsName,
        type: "A",
        ttl,
        rrdatas: [address.address],
      },
      this.child(),
    );
    this.host = record.name.apply((host) => host.replace(/\.$/, ""));
    this.registerOutputs({ host: this.host });
  }
}
