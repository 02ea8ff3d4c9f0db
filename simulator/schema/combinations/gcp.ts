import { atMost, type Combination, type Given } from "./combination.ts";

// Sources: terraform-provider-google-beta (kms: validateKmsCryptoKeyRotationPeriod; compute/resource_compute_firewall.go and
// resource_compute_router_nat.go); Kubernetes Engine, Cloud KMS and Compute Engine API references, where the service refuses the call.

const hour = 3_600_000;

const cluster: readonly Combination[] = [
  {
    property: "initialNodeCount",
    refuse: (given) => {
      if (
        given.is("enableAutopilot", true) ||
        given.has("nodePools") ||
        given.at("initialNodeCount") !== undefined
      ) {
        return given.number("initialNodeCount") === 0 ? "must be greater than zero" : undefined;
      }
      return "is required, at least 1, for a cluster without its own node pools";
    },
  },
  {
    property: "networkPolicy.enabled",
    refuse: (given) =>
      given.is("datapathProvider", "ADVANCED_DATAPATH") && given.is("networkPolicy.enabled", true)
        ? "cannot be on with ADVANCED_DATAPATH, which enforces network policies itself"
        : undefined,
  },
  {
    property: "maintenancePolicy.recurringWindow",
    refuse: (given) => {
      const [start, end] = ["startTime", "endTime"].map((name) =>
        given.text(`maintenancePolicy.recurringWindow.${name}`),
      );
      if (start === undefined || end === undefined) return undefined;
      const length = Date.parse(end) - Date.parse(start);
      if (Number.isNaN(length))
        return `must begin and end at RFC 3339 times, got ${start} and ${end}`;
      return length < 4 * hour ? `must be at least 4 hours long, got ${length / hour}` : undefined;
    },
  },
];

const nodePool: readonly Combination[] = [
  {
    property: "autoscaling.minNodeCount",
    refuse: (given) => atMost(given, "autoscaling.minNodeCount", "autoscaling.maxNodeCount"),
  },
  {
    property: "autoscaling.totalMinNodeCount",
    refuse: (given) =>
      atMost(given, "autoscaling.totalMinNodeCount", "autoscaling.totalMaxNodeCount"),
  },
  {
    property: "autoscaling",
    refuse: (given) => {
      const per =
        given.holds("autoscaling.minNodeCount") || given.holds("autoscaling.maxNodeCount");
      const total =
        given.holds("autoscaling.totalMinNodeCount") ||
        given.holds("autoscaling.totalMaxNodeCount");
      return per && total ? "limits are either per zone or in total" : undefined;
    },
  },
  {
    property: "upgradeSettings",
    refuse: (given) => {
      if (!given.is("upgradeSettings.strategy", "SURGE", "SURGE")) return undefined;
      const [surge, unavailable] = [
        given.number("upgradeSettings.maxSurge"),
        given.number("upgradeSettings.maxUnavailable"),
      ];
      return surge === 0 && unavailable === 0
        ? "maxSurge and maxUnavailable cannot both be 0"
        : undefined;
    },
  },
  {
    property: "nodeConfig.spot",
    refuse: (given) =>
      given.is("nodeConfig.spot", true) && given.is("nodeConfig.preemptible", true)
        ? "cannot be on together with preemptible"
        : undefined,
  },
];

const cryptoKey: readonly Combination[] = [
  {
    property: "rotationPeriod",
    refuse: (given) => {
      const period = given.text("rotationPeriod");
      if (period === undefined || period === "") return undefined;
      if (Number.parseFloat(period) < 86_400)
        return `must be at least one day (86400s), got ${period}`;
      const purpose = given.text("purpose") ?? "ENCRYPT_DECRYPT";
      return given.is("purpose", purpose, purpose) && purpose !== "ENCRYPT_DECRYPT"
        ? `is only supported for keys with purpose ENCRYPT_DECRYPT, got ${purpose}`
        : undefined;
    },
  },
];

const firewall: readonly Combination[] = [
  "sourceRanges",
  "sourceTags",
  "sourceServiceAccounts",
].map((name) => ({
  property: name,
  refuse: (given: Given) =>
    given.is("direction", "EGRESS") && given.holds(name)
      ? "cannot be set for direction EGRESS"
      : undefined,
}));

const routerNat: readonly Combination[] = [
  {
    property: "natIps",
    refuse: (given) => {
      const some = given.has("natIps") && given.list("natIps")?.length !== 0;
      if (given.is("natIpAllocateOption", "AUTO_ONLY") && some)
        return "cannot be set with AUTO_ONLY";
      return given.is("natIpAllocateOption", "MANUAL_ONLY") && !some && !given.has("initialNatIps")
        ? "is required with MANUAL_ONLY"
        : undefined;
    },
  },
  {
    property: "subnetworks",
    refuse: (given) => {
      const listed = given.is("sourceSubnetworkIpRangesToNat", "LIST_OF_SUBNETWORKS");
      const some = given.has("subnetworks") && given.list("subnetworks")?.length !== 0;
      if (listed && !some) return "is required with LIST_OF_SUBNETWORKS";
      return given.holds("subnetworks") &&
        !listed &&
        given.text("sourceSubnetworkIpRangesToNat") !== undefined
        ? "requires sourceSubnetworkIpRangesToNat LIST_OF_SUBNETWORKS"
        : undefined;
    },
  },
  {
    property: "enableDynamicPortAllocation",
    refuse: (given) =>
      given.is("enableDynamicPortAllocation", true) &&
      given.is("enableEndpointIndependentMapping", true)
        ? "cannot be on together with enableEndpointIndependentMapping"
        : undefined,
  },
  { property: "minPortsPerVm", refuse: (given) => atMost(given, "minPortsPerVm", "maxPortsPerVm") },
];

const subnetwork: readonly Combination[] = [
  {
    property: "secondaryIpRanges",
    refuse: (given) => {
      const names = (given.list("secondaryIpRanges") ?? []).map((_, index) =>
        given.text(`secondaryIpRanges.${index}.rangeName`),
      );
      const twice = names.find(
        (name, index) => name !== undefined && names.indexOf(name) !== index,
      );
      return twice === undefined ? undefined : `the range name ${twice} is used twice`;
    },
  },
];

/** Combinations of Google Cloud types. */
export const gcp: Readonly<Record<string, readonly Combination[]>> = {
  "gcp:container/cluster:Cluster": cluster,
  "gcp:container/nodePool:NodePool": nodePool,
  "gcp:kms/cryptoKey:CryptoKey": cryptoKey,
  "gcp:compute/firewall:Firewall": firewall,
  "gcp:compute/routerNat:RouterNat": routerNat,
  "gcp:compute/subnetwork:Subnetwork": subnetwork,
};
