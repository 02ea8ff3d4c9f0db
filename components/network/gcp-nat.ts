import * as gcp from "@pulumi/gcp";
import type * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent } from "../core/component.ts";
import { nameIn } from "../core/place.ts";
import type { GcpNetworkPart } from "./gcp-part.ts";

export interface GcpNatArgs extends GcpNetworkPart {
  readonly subnetwork: gcp.compute.Subnetwork;
}

/** Cloud NAT. Firewall rules control which traffic is allowed. */
export class GcpNat extends BlueprintComponent {
  constructor(name: string, args: GcpNatArgs, opts: pulumi.ComponentResourceOptions) {
    super("network", "GcpNat", name, args, {}, opts);
    const { spec, network, subnetwork, ownership } = args;
    const { project, region } = spec;
    new gcp.compute.Route(
      this.named("internet"),
      {
        project,
        name: nameIn(ownership, "gcp-compute", "internet"),
        network: network.id,
        destRange: "0.0.0.0/0",
        nextHopGateway: "default-internet-gateway",
        priority: 1000,
      },
      this.child(),
    );
    const router = new gcp.compute.Router(
      this.named("router"),
      { project, region, name: nameIn(ownership, "gcp-compute", "router"), network: network.id },
      this.child(),
    );
    const addresses = this.#addresses(args);
    new gcp.compute.RouterNat(
      this.named(),
      {
        project,
        region,
        name: nameIn(ownership, "gcp-compute", "nat"),
        router: router.name,
        ...(addresses.length > 0
          ? {
              natIpAllocateOption: "MANUAL_ONLY",
              natIps: addresses.map(({ selfLink }) => selfLink),
            }
          : { natIpAllocateOption: "AUTO_ONLY" }),
        sourceSubnetworkIpRangesToNat: "LIST_OF_SUBNETWORKS",
        subnetworks: [{ name: subnetwork.id, sourceIpRangesToNats: ["ALL_IP_RANGES"] }],
        // Dynamic port allocation excludes endpoint-independent mapping.
        enableDynamicPortAllocation: true,
        enableEndpointIndependentMapping: false,
        minPortsPerVm: spec.nat.minPorts,
        maxPortsPerVm: spec.nat.maxPorts,
        logConfig: { enable: true, filter: "ERRORS_ONLY" },
      },
      this.child(),
    );
    this.registerOutputs({ addresses: addresses.map(({ address }) => address) });
  }

  /** Reserved, so that others can list them. Not protected, so that a permanent cell can change their number. */
  #addresses({ spec, ownership }: GcpNatArgs): gcp.compute.Address[] {
    return Array.from({ length: spec.nat.reservedAddresses }, (_, i) => {
      const key = `address-${i + 1}`;
      return new gcp.compute.Address(
        this.named(key),
        {
          project: spec.project,
          region: spec.region,
          name: nameIn(ownership, "gcp-compute", "nat", key),
          addressType: "EXTERNAL",
        },
        this.child(),
      );
    });
  }
}
