import * as gcp from "@pulumi/gcp";
import type * as pulumi from "@pulumi/pulumi";
import { addressAt } from "../core/cidr.ts";
import { BlueprintComponent } from "../core/component.ts";
import { physicalName } from "../core/naming.ts";
import { nameIn } from "../core/place.ts";
import type { GcpNetworkPart } from "./gcp-part.ts";
import { googleApisParts } from "./google-apis-name.ts";

/** Domains of Google APIs and image registries. */
const domains = {
  googleapis: "googleapis.com",
  "artifact-registry": "pkg.dev",
  "container-registry": "gcr.io",
};

/** Time to live of records, in seconds. */
const ttl = 300;

/**
 * Private Service Connect endpoint for Google APIs in the cell's block, and private zones that resolve to it in the network. All DNS
 * queries of the network are logged.
 */
export class GcpGoogleApis extends BlueprintComponent {
  constructor(name: string, args: GcpNetworkPart, opts: pulumi.ComponentResourceOptions) {
    super("network", "GcpGoogleApis", name, args, {}, opts);
    // Not the first address: some software treats an address that ends in .0 as a network address.
    const endpoint = addressAt(args.plan.endpoints, 1);
    this.#endpoint(args, endpoint);
    for (const [key, domain] of Object.entries(domains)) this.#zone(args, key, domain, endpoint);
    this.#queryLog(args);
    this.registerOutputs({ endpoint });
  }

  #endpoint({ spec, network, ownership }: GcpNetworkPart, endpoint: string): void {
    const { project } = spec;
    const address = new gcp.compute.GlobalAddress(
      this.named("address"),
      {
        project,
        name: nameIn(ownership, "gcp-compute", "google-apis"),
        addressType: "INTERNAL",
        purpose: "PRIVATE_SERVICE_CONNECT",
        network: network.id,
        address: endpoint,
      },
      this.child(),
    );
    new gcp.compute.GlobalForwardingRule(
      this.named(),
      {
        project,
        name: physicalName("gcp-psc-endpoint", googleApisParts(ownership)),
        network: network.id,
        ipAddress: address.id,
        target: spec.googleApis,
        // Required to be empty for this kind of endpoint.
        loadBalancingScheme: "",
      },
      this.child(),
    );
  }

  #zone(
    { spec, network, ownership }: GcpNetworkPart,
    key: string,
    domain: string,
    endpoint: string,
  ): void {
    const { project } = spec;
    const zone = new gcp.dns.ManagedZone(
      this.named(key),
      {
        project,
        name: nameIn(ownership, "dns-zone", key),
        dnsName: `${domain}.`,
        description: `${domain} at the cell's private endpoint`,
        visibility: "private",
        privateVisibilityConfig: { networks: [{ networkUrl: network.id }] },
      },
      this.child(),
    );
    const record = (recordKey: string, type: string, name: string, target: string) =>
      new gcp.dns.RecordSet(
        this.named(`${key}-${recordKey}`),
        { project, managedZone: zone.name, name, type, ttl, rrdatas: [target] },
        this.child(),
      );
    record("apex", "A", `${domain}.`, endpoint);
    record("names", "CNAME", `*.${domain}.`, `${domain}.`);
  }

  #queryLog({ spec, network, ownership }: GcpNetworkPart): void {
    new gcp.dns.Policy(
      this.named("query-log"),
      {
        project: spec.project,
        name: nameIn(ownership, "gcp-compute", "dns"),
        description: "Logs every query of the network",
        enableLogging: true,
        networks: [{ networkUrl: network.id }],
      },
      this.child(),
    );
  }
}
