import * as gcp from "@pulumi/gcp";
import type * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { nameIn } from "../core/place.ts";
import { parseSpec } from "../core/spec.ts";
import { type GoogleHubInput, type GoogleHubSpec, googleHubSpec } from "./schema.ts";

export interface GoogleDnsHubArgs extends ComponentArgs {
  /** Plain settings; see schema.ts. */
  readonly spec: GoogleHubInput;
  /** The network where the tunnels to other clouds end: `projects/<project>/global/networks/<name>`. */
  readonly networkId: pulumi.Input<string>;
}

/**
 * DNS between the Google Cloud cells and other clouds, in the network where the tunnels end. Another network is not possible: Cloud
 * DNS sends queries from the same range in every network, so other clouds can route answers to one network only, and it accepts
 * queries only in the network and region of the tunnel.
 *
 * Google Cloud chooses the inbound address among the free ones of a subnetwork; here there is only one.
 *
 * @throws BlueprintError `manifest-invalid` with every problem of the spec.
 */
export class GoogleDnsHub extends BlueprintComponent {
  /** The address that other clouds query. */
  readonly entry: string;

  constructor(name: string, args: GoogleDnsHubArgs, opts?: pulumi.ComponentResourceOptions) {
    const spec = parseSpec(googleHubSpec, args.spec, name);
    super("private-dns", "GoogleDnsHub", name, args, { spec }, opts);
    this.entry = spec.entry;
    const kept = this.#keep(args, spec, this.#subnetwork(args, spec));
    this.#policy(args, spec, kept);
    for (const cell of Object.keys(spec.forwards)) this.#forward(args, spec, cell);
    this.registerOutputs({ entry: this.entry });
  }

  #subnetwork(
    { ownership, networkId }: GoogleDnsHubArgs,
    { project, region, block }: GoogleHubSpec,
  ): gcp.compute.Subnetwork {
    return new gcp.compute.Subnetwork(
      this.named("resolvers"),
      {
        project,
        region,
        name: nameIn(ownership, "gcp-compute", "resolvers"),
        description: "Where Cloud DNS answers other clouds: nothing else has an address here",
        network: networkId,
        ipCidrRange: block,
        stackType: "IPV4_ONLY",
        privateIpGoogleAccess: true,
        logConfig: {
          aggregationInterval: "INTERVAL_1_MIN",
          flowSampling: 1,
          metadata: "INCLUDE_ALL_METADATA",
        },
      },
      this.child(),
    );
  }

  #keep(
    { ownership }: GoogleDnsHubArgs,
    { project, region, kept }: GoogleHubSpec,
    subnetwork: gcp.compute.Subnetwork,
  ): gcp.compute.Address[] {
    return kept.map(
      (address, index) =>
        new gcp.compute.Address(
          this.named(`kept-${index + 1}`),
          {
            project,
            region,
            name: nameIn(ownership, "gcp-compute", "resolvers", `kept-${index + 1}`),
            description: "Kept from Cloud DNS, so that it has one address left",
            addressType: "INTERNAL",
            purpose: "GCE_ENDPOINT",
            subnetwork: subnetwork.id,
            address,
          },
          this.child(),
        ),
    );
  }

  /** A network has one DNS policy, for inbound queries and logging. It is created last, when only one address is free. */
  #policy(
    { ownership, networkId }: GoogleDnsHubArgs,
    { project }: GoogleHubSpec,
    kept: gcp.compute.Address[],
  ): void {
    new gcp.dns.Policy(
      this.named(),
      {
        project,
        name: nameIn(ownership, "gcp-compute", "resolvers"),
        description: "Answers other clouds, and logs every query",
        enableInboundForwarding: true,
        enableLogging: true,
        networks: [{ networkUrl: networkId }],
      },
      this.child({ dependsOn: kept }),
    );
  }

  #forward(
    { ownership, networkId }: GoogleDnsHubArgs,
    { project, forwards }: GoogleHubSpec,
    cell: string,
  ): void {
    const forward = forwards[cell];
    if (forward === undefined) return;
    new gcp.dns.ManagedZone(
      this.named(`to-${cell}`),
      {
        project,
        name: nameIn(ownership, "dns-zone", "to", cell),
        dnsName: `${forward.zone}.`,
        description: `Names of ${cell}, as its own resolvers answer`,
        visibility: "private",
        privateVisibilityConfig: { networks: [{ networkUrl: networkId }] },
        forwardingConfig: {
          targetNameServers: forward.targets.map((ipv4Address) => ({
            ipv4Address,
            // Use the network's own routes for all addresses.
            forwardingPath: "private",
          })),
        },
      },
      this.child(),
    );
  }
}
