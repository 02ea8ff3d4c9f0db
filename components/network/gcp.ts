import * as gcp from "@pulumi/gcp";
import type * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { nameIn } from "../core/place.ts";
import { parseSpec } from "../core/spec.ts";
import type { GcpNetworkOutputs, NetworkContract } from "./contract.ts";
import { GcpEgressNames } from "./gcp-egress-names.ts";
import { GcpFirewall } from "./gcp-firewall.ts";
import { GcpGoogleApis } from "./gcp-google-apis.ts";
import { GcpNat } from "./gcp-nat.ts";
import { type GcpNetworkInput, type GcpNetworkSpec, gcpNetworkSchema } from "./gcp-schema.ts";
import { type GcpNetworkPlan, planGcp } from "./plan.ts";

export interface GcpNetworkArgs extends ComponentArgs {
  /** Plain settings; see schema.ts. */
  readonly spec: GcpNetworkInput;
}

/**
 * A VPC in one region: a subnetwork for nodes with ranges for pods and services, a proxy-only subnetwork for load balancers, Cloud NAT,
 * and a private endpoint for Google APIs. Firewall rules deny ingress and egress by default.
 *
 * @example
 * const network = new GcpNetwork("network", {
 *   spec: { cloud: "gcp", project: "acme-prod", region: "europe-west1", cidr: "10.36.0.0/16" },
 *   ownership,
 * });
 *
 * @throws BlueprintError `manifest-invalid` with every problem of the spec.
 */
export class GcpNetwork extends BlueprintComponent implements NetworkContract, GcpNetworkOutputs {
  readonly cloud = "gcp";
  readonly plan: GcpNetworkPlan;
  /** `projects/<project>/global/networks/<name>` */
  readonly networkId: pulumi.Output<string>;
  readonly networkSelfLink: pulumi.Output<string>;
  /** `projects/<project>/regions/<region>/subnetworks/<name>` */
  readonly subnetworkId: pulumi.Output<string>;
  readonly subnetworkSelfLink: pulumi.Output<string>;
  /** The name of the secondary range for pods. */
  readonly podRangeName = "pods";
  /** The name of the secondary range for services. */
  readonly serviceRangeName = "services";

  constructor(name: string, args: GcpNetworkArgs, opts?: pulumi.ComponentResourceOptions) {
    const spec = parseSpec(gcpNetworkSchema, args.spec, name);
    super("network", "GcpNetwork", name, args, { spec }, opts);
    this.plan = planGcp(spec);

    const network = this.#network(args, spec);
    const subnetwork = this.#subnetwork(args, spec, network);
    this.#proxySubnetwork(args, spec, network);
    const shared = {
      ownership: args.ownership,
      retain: this.retain,
      spec,
      plan: this.plan,
      network,
    };
    new GcpNat(this.named("nat"), { ...shared, subnetwork }, { parent: this });
    new GcpFirewall(this.named("firewall"), shared, { parent: this });
    new GcpEgressNames(this.named("names"), shared, { parent: this });
    new GcpGoogleApis(this.named("apis"), shared, { parent: this });

    this.networkId = network.id;
    this.networkSelfLink = network.selfLink;
    this.subnetworkId = subnetwork.id;
    this.subnetworkSelfLink = subnetwork.selfLink;
    this.registerOutputs({
      plan: this.plan,
      networkId: this.networkId,
      networkSelfLink: this.networkSelfLink,
      subnetworkId: this.subnetworkId,
      subnetworkSelfLink: this.subnetworkSelfLink,
      podRangeName: this.podRangeName,
      serviceRangeName: this.serviceRangeName,
    });
  }

  #network({ ownership }: GcpNetworkArgs, spec: GcpNetworkSpec): gcp.compute.Network {
    const args: gcp.compute.NetworkArgs = {
      project: spec.project,
      name: nameIn(ownership, "gcp-compute", "vpc"),
      autoCreateSubnetworks: false,
      routingMode: spec.routing,
      // An explicit default route, so that it is in the state.
      deleteDefaultRoutesOnCreate: true,
      // Only firewall policies support FQDNs. They must be evaluated before the rule that denies everything.
      networkFirewallPolicyEnforcementOrder: "BEFORE_CLASSIC_FIREWALL",
    };
    return new gcp.compute.Network(this.named(), args, this.stateful());
  }

  #subnetwork(
    { ownership }: GcpNetworkArgs,
    spec: GcpNetworkSpec,
    network: gcp.compute.Network,
  ): gcp.compute.Subnetwork {
    const args: gcp.compute.SubnetworkArgs = {
      project: spec.project,
      region: spec.region,
      name: nameIn(ownership, "gcp-compute", "nodes"),
      network: network.id,
      ipCidrRange: this.plan.nodes,
      secondaryIpRanges: [
        { rangeName: this.podRangeName, ipCidrRange: this.plan.pods },
        { rangeName: this.serviceRangeName, ipCidrRange: this.plan.services },
      ],
      stackType: "IPV4_ONLY",
      // VMs without external addresses must reach Google APIs.
      privateIpGoogleAccess: true,
      logConfig: {
        aggregationInterval: spec.flowLogs.interval,
        flowSampling: spec.flowLogs.sampling,
        metadata: "INCLUDE_ALL_METADATA",
      },
    };
    return new gcp.compute.Subnetwork(this.named("nodes"), args, this.stateful());
  }

  /** For Envoy proxies of regional load balancers. Proxy-only subnetworks do not support flow logs. */
  #proxySubnetwork(
    { ownership }: GcpNetworkArgs,
    spec: GcpNetworkSpec,
    network: gcp.compute.Network,
  ): void {
    new gcp.compute.Subnetwork(
      this.named("proxies"),
      {
        project: spec.project,
        region: spec.region,
        name: nameIn(ownership, "gcp-compute", "proxies"),
        network: network.id,
        ipCidrRange: this.plan.proxies,
        purpose: "REGIONAL_MANAGED_PROXY",
        role: "ACTIVE",
      },
      this.child(),
    );
  }
}
