/** The addresses that a network has for pods, and its planned costs. Pure. */
import type { z } from "zod";
import { addressesIn } from "../core/cidr.ts";
import type { CostItem } from "../pricing/item.ts";
import type { SupplyingCell } from "../section/section.ts";
import type { Supply } from "../tenancy/capacity.ts";
import { gcpNodesIn, notForPods, podsOfAGkeNode } from "./node-room.ts";
import { planAws, planGcp, planOnprem } from "./plan.ts";
import type { networkSection } from "./schema.ts";

type Spec = {
  readonly [C in keyof typeof networkSection]: z.output<(typeof networkSection)[C]>;
};

/** Subnets of an existing network are not known until they are looked up: the cell's block is the limit. */
export function networkSupply(spec: Spec[keyof Spec], { cloud }: SupplyingCell): Supply[] {
  switch (cloud) {
    case "aws":
      return onAws(spec as Spec["aws"]);
    case "gcp": {
      const { cidr, existing } = spec as Spec["gcp"];
      const pods = existing === undefined ? planGcp({ cidr }).pods : cidr;
      const has = gcpNodesIn({ pods }) * podsOfAGkeNode;
      return [
        { resource: "addresses", has, from: `${podsOfAGkeNode} of each node's /25 of ${pods}` },
      ];
    }
    case "onprem": {
      const { pods } = planOnprem(spec as Spec["onprem"]);
      return [{ resource: "addresses", has: addressesIn(pods), from: `the pods' range ${pods}` }];
    }
  }
}

function onAws(spec: Spec["aws"]): Supply[] {
  if (spec.existing !== undefined) {
    const has = addressesIn(spec.cidr);
    return [{ resource: "addresses", has, from: `the cell's block ${spec.cidr}` }];
  }
  const subnets = planAws(spec).zones.map((zone) => zone.private);
  return [
    {
      resource: "addresses",
      has: subnets.reduce((sum, subnet) => sum + addressesIn(subnet), 0),
      takes: subnets.length * notForPods(spec.interfaceEndpoints.length),
      from: `private subnets ${subnets.join(", ")}`,
    },
  ];
}

export function networkCosts(spec: Spec[keyof Spec], { cloud }: SupplyingCell): CostItem[] {
  switch (cloud) {
    case "aws":
      return ofVpc(spec as Spec["aws"]);
    case "gcp":
      return (spec as Spec["gcp"]).existing === undefined
        ? [{ item: "NAT", price: "gcp-nat", quantity: 1, key: "equal" }]
        : [];
    case "onprem":
      return [];
  }
}

/** An existing network is paid for elsewhere. */
function ofVpc(spec: Spec["aws"]): CostItem[] {
  if (spec.existing !== undefined) return [];
  const zones = spec.zones.length;
  const gateways = spec.natGateways === "single" ? 1 : zones;
  return [
    { item: "NAT", price: "aws-nat", quantity: gateways, key: "equal" },
    {
      item: "interface endpoints",
      price: "aws-endpoint",
      quantity: spec.interfaceEndpoints.length * zones,
      key: "equal",
    },
  ];
}
