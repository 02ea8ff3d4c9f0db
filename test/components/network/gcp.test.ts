// Registered resources. The embedded cloud's schemas validate them; whether Google Cloud accepts them is not proven here.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createNetwork } from "../../../components/network/network.ts";
import { refusals } from "../../support/accepted.ts";
import { counts, inventory, only, type Registered } from "../../support/inventory.ts";
import { ownership } from "../../support/ownership.ts";

const place = {
  cloud: "gcp",
  project: "acme-prod",
  region: "europe-west1",
  cidr: "10.36.0.0/16",
} as const;
const owner = { ...ownership, cell: "gcp-euw1" };

function network(settings: object = {}, rest: object = {}): Promise<Registered[]> {
  return inventory(() =>
    createNetwork("network", {
      cloud: "gcp",
      spec: { ...place, ...settings },
      ownership: owner,
      ...rest,
    }),
  );
}

const standard = await network();

test("a network consists of exactly these resources", () => {
  assert.deepEqual(counts(standard), {
    "atoll:network:GcpEgressNames": 1,
    "atoll:network:GcpFirewall": 1,
    "atoll:network:GcpGoogleApis": 1,
    "atoll:network:GcpNat": 1,
    "atoll:network:GcpNetwork": 1,
    "gcp:compute/firewall:Firewall": 6,
    "gcp:compute/globalAddress:GlobalAddress": 1,
    "gcp:compute/globalForwardingRule:GlobalForwardingRule": 1,
    "gcp:compute/network:Network": 1,
    "gcp:compute/networkFirewallPolicy:NetworkFirewallPolicy": 1,
    "gcp:compute/networkFirewallPolicyAssociation:NetworkFirewallPolicyAssociation": 1,
    "gcp:compute/networkFirewallPolicyRule:NetworkFirewallPolicyRule": 1,
    "gcp:compute/route:Route": 1,
    "gcp:compute/router:Router": 1,
    "gcp:compute/routerNat:RouterNat": 1,
    "gcp:compute/subnetwork:Subnetwork": 2,
    "gcp:dns/managedZone:ManagedZone": 3,
    "gcp:dns/policy:Policy": 1,
    "gcp:dns/recordSet:RecordSet": 6,
  });
  for (const { custom, name, outputs } of standard) if (!custom) assert.ok(outputs, name);
});

describe("the VPC", () => {
  test("has no default subnetworks and routes", () => {
    const { inputs } = only(standard, "gcp:compute/network:Network");
    assert.equal(inputs.autoCreateSubnetworks, false);
    assert.equal(inputs.deleteDefaultRoutesOnCreate, true);
    assert.equal(inputs.routingMode, "REGIONAL");
    assert.equal(inputs.name, "prod-gcp-euw1-vpc");
  });

  test("has a subnetwork with ranges for pods and services, private access to Google and flow logs", () => {
    const { inputs } = only(standard, "gcp:compute/subnetwork:Subnetwork", "network-nodes");
    assert.equal(inputs.ipCidrRange, "10.36.128.0/20");
    assert.equal(inputs.privateIpGoogleAccess, true);
    assert.deepEqual(inputs.secondaryIpRanges, [
      { rangeName: "pods", ipCidrRange: "10.36.0.0/17" },
      { rangeName: "services", ipCidrRange: "10.36.144.0/20" },
    ]);
    assert.deepEqual(inputs.logConfig, {
      aggregationInterval: "INTERVAL_1_MIN",
      flowSampling: 1,
      metadata: "INCLUDE_ALL_METADATA",
    });
  });

  test("has a proxy-only subnetwork, without flow logs and private access", () => {
    const { inputs } = only(standard, "gcp:compute/subnetwork:Subnetwork", "network-proxies");
    assert.deepEqual([inputs.purpose, inputs.role], ["REGIONAL_MANAGED_PROXY", "ACTIVE"]);
    assert.deepEqual([inputs.logConfig, inputs.privateIpGoogleAccess], [undefined, undefined]);
  });

  test("has the range names for the cluster as outputs", () => {
    const { outputs } = only(standard, "atoll:network:GcpNetwork");
    assert.deepEqual([outputs?.podRangeName, outputs?.serviceRangeName], ["pods", "services"]);
    assert.equal(
      outputs?.subnetworkId,
      "projects/acme-prod/regions/europe-west1/subnetworks/prod-gcp-euw1-nodes",
    );
  });
});

describe("Cloud NAT", () => {
  test("serves the nodes' subnetwork with dynamic port allocation", () => {
    const { inputs } = only(standard, "gcp:compute/routerNat:RouterNat");
    assert.equal(inputs.natIpAllocateOption, "AUTO_ONLY");
    assert.equal(inputs.natIps, undefined);
    assert.equal(inputs.sourceSubnetworkIpRangesToNat, "LIST_OF_SUBNETWORKS");
    assert.deepEqual(
      [inputs.enableDynamicPortAllocation, inputs.enableEndpointIndependentMapping],
      [true, false],
    );
    assert.deepEqual(inputs.logConfig, { enable: true, filter: "ERRORS_ONLY" });
  });

  test("can have reserved addresses", async () => {
    const resources = await network({ nat: { reservedAddresses: 2 } });
    const nat = only(resources, "gcp:compute/routerNat:RouterNat").inputs;
    assert.equal(nat.natIpAllocateOption, "MANUAL_ONLY");
    assert.equal((nat.natIps as string[]).length, 2);
    const addresses = resources.filter(({ type }) => type === "gcp:compute/address:Address");
    assert.equal(addresses.length, 2);
  });
});

describe("egress names", () => {
  const ruleType = "gcp:compute/networkFirewallPolicyRule:NetworkFirewallPolicyRule";

  test("are evaluated before the rule that denies everything", () => {
    const { inputs } = only(standard, "gcp:compute/network:Network");
    assert.equal(inputs.networkFirewallPolicyEnforcementOrder, "BEFORE_CLASSIC_FIREWALL");
  });

  test("are those of the platform and the manifest, over HTTPS only and with logging", async () => {
    const resources = await network({ egress: { allow: ["api.example.com"] } });
    const platform = only(resources, ruleType, "network-names-platform").inputs;
    assert.match(JSON.stringify(platform.match), /"quay\.io"/);
    const allowed = only(resources, ruleType, "network-names-allowed").inputs;
    const { match, direction, action, enableLogging } = allowed;
    assert.deepEqual([direction, action, enableLogging], ["EGRESS", "allow", true]);
    assert.deepEqual(match, {
      destFqdns: ["api.example.com"],
      layer4Configs: [{ ipProtocol: "tcp", ports: ["443"] }],
    });
  });

  test("are full names: Google Cloud supports no wildcards", () => {
    const { match } = only(standard, ruleType).inputs as { match: { destFqdns: string[] } };
    assert.ok(match.destFqdns.every((name) => !name.includes("*")));
  });
});

test("firewall rules deny everything last, with logging", async () => {
  const resources = await network({
    egress: { to: { web: { cidrs: ["0.0.0.0/0"], ports: [443] } } },
  });
  const rules = resources.filter(({ type }) => type === "gcp:compute/firewall:Firewall");
  const facts = rules.map(({ inputs }) => [
    inputs.name,
    inputs.priority,
    inputs.denies ? "deny" : "allow",
    Boolean(inputs.logConfig),
  ]);
  assert.deepEqual(facts.sort(), [
    ["prod-gcp-euw1-egress-deny", 65534, "deny", true],
    ["prod-gcp-euw1-egress-google-apis", 1000, "allow", false],
    ["prod-gcp-euw1-egress-inside", 1000, "allow", false],
    ["prod-gcp-euw1-egress-to-web", 1000, "allow", true],
    ["prod-gcp-euw1-ingress-deny", 65534, "deny", true],
    ["prod-gcp-euw1-ingress-health-checks", 1000, "allow", false],
    ["prod-gcp-euw1-ingress-inside", 1000, "allow", false],
  ]);
  for (const { inputs } of rules) {
    assert.notEqual(Boolean(inputs.allows), Boolean(inputs.denies));
    assert.equal(inputs.direction === "INGRESS", inputs.sourceRanges !== undefined);
    assert.equal(inputs.direction === "EGRESS", inputs.destinationRanges !== undefined);
  }
});

describe("Google's APIs", () => {
  test("have a private address, to which their names resolve", () => {
    const address = only(standard, "gcp:compute/globalAddress:GlobalAddress").inputs;
    assert.deepEqual(
      [address.addressType, address.purpose, address.address],
      ["INTERNAL", "PRIVATE_SERVICE_CONNECT", "10.36.162.1"],
    );
    const rule = only(standard, "gcp:compute/globalForwardingRule:GlobalForwardingRule").inputs;
    assert.deepEqual(
      [rule.target, rule.loadBalancingScheme, rule.labels],
      ["all-apis", "", undefined],
    );
    assert.match(String(rule.name), /^[a-z][a-z0-9]{0,19}$/);
    const records = standard.filter(({ type }) => type === "gcp:dns/recordSet:RecordSet");
    assert.deepEqual(
      records
        .map(({ inputs }) => [inputs.name, inputs.type, (inputs.rrdatas as string[])[0]])
        .sort(),
      [
        ["*.gcr.io.", "CNAME", "gcr.io."],
        ["*.googleapis.com.", "CNAME", "googleapis.com."],
        ["*.pkg.dev.", "CNAME", "pkg.dev."],
        ["gcr.io.", "A", "10.36.162.1"],
        ["googleapis.com.", "A", "10.36.162.1"],
        ["pkg.dev.", "A", "10.36.162.1"],
      ],
    );
    for (const { inputs } of standard.filter(
      ({ type }) => type === "gcp:dns/managedZone:ManagedZone",
    )) {
      assert.equal(inputs.visibility, "private");
    }
  });

  test("can be limited to those that VPC Service Controls supports", async () => {
    const rule = only(
      await network({ googleApis: "vpc-sc" }),
      "gcp:compute/globalForwardingRule:GlobalForwardingRule",
    );
    assert.equal(rule.inputs.target, "vpc-sc");
  });

  test("have a valid endpoint name for cell names of any length", async () => {
    const long = { ...owner, environment: "production-europe", cell: "gcp-europe-west1-b" };
    const rule = only(
      await network({}, { ownership: long }),
      "gcp:compute/globalForwardingRule:GlobalForwardingRule",
    );
    assert.match(String(rule.inputs.name), /^[a-z][a-z0-9]{0,19}$/);
  });
});

test("network and subnetwork are retained in a permanent environment, and nothing in an ephemeral one", async () => {
  const kept = (resources: Registered[]) =>
    resources.filter(({ protect }) => protect).map(({ name, type }) => [type, name]);
  assert.deepEqual(kept(standard).sort(), [
    ["gcp:compute/network:Network", "network"],
    ["gcp:compute/subnetwork:Subnetwork", "network-nodes"],
  ]);
  assert.deepEqual(kept(await network({}, { retain: false })), []);
});

test("the schemas of the embedded cloud accept everything, with all settings", async () => {
  const everything = await network({
    routing: "GLOBAL",
    googleApis: "vpc-sc",
    nat: { reservedAddresses: 2 },
    egress: { allow: ["api.example.com"], to: { web: { cidrs: ["0.0.0.0/0"], ports: [443] } } },
  });
  assert.deepEqual([...refusals(standard), ...refusals(everything)], []);
});
