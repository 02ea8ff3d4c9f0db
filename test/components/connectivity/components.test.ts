// What is registered with the engine. Does not prove that clouds accept it, beyond the schemas of the embedded cloud.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { refusals } from "../../support/accepted.ts";
import { counts, only, type Registered } from "../../support/inventory.ts";
import { built } from "./build.ts";
import { line, sample, settings, some } from "./fixture.ts";

const use1 = "aws-111122223333-us-east-1";
const link = `connectivity-${use1}-to-gcp`;

const standard = await built(
  settings(sample, { tunnels: { [`${use1}-to-gcp`]: "169.254.100.0/28" } }),
  some("aws-use1", "gcp-euw1", "onprem-sel"),
);
const everything = await built(
  settings([
    ...sample,
    line("aws-use1", "aws-euw1", 443),
    line("aws-use1", "aws-use1b", 443),
    line("gcp-euw1", "gcp-data", 443),
    line("aws-data", "gcp-data", 443),
    line("onprem-ber", "gcp-euw1", 443),
  ]),
);

/** One resource's inputs without tags, which are tested elsewhere. */
function inputs(resources: readonly Registered[], type: string, name?: string) {
  const { tags: _, ...rest } = only(resources, type, name).inputs as Record<string, unknown>;
  return rest;
}

test("the schemas of both clouds accept all of it", () => {
  for (const { resources } of [standard, everything]) {
    assert.deepEqual(refusals(resources.filter(({ type }) => !type.includes(":providers:"))), []);
  }
});

test("an AWS hub consists of exactly these resources", () => {
  assert.deepEqual(counts(standard.of(`connectivity-${use1}`)), {
    "atoll:connectivity:AwsHubLogs": 1,
    "aws:cloudwatch/logGroup:LogGroup": 2,
    "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": 1,
    "aws:ec2/flowLog:FlowLog": 1,
    "aws:ec2transitgateway/routeTable:RouteTable": 3,
    "aws:ec2transitgateway/transitGateway:TransitGateway": 1,
    "aws:iam/role:Role": 1,
    "aws:iam/rolePolicy:RolePolicy": 1,
  });
});

test("a Transit Gateway has no default routing, and is protected", () => {
  const gateway = only(standard.resources, "aws:ec2transitgateway/transitGateway:TransitGateway");
  const { amazonSideAsn, description, ...options } = inputs(standard.resources, gateway.type);
  assert.equal(amazonSideAsn, standard.plan.hubs[0]?.asn);
  assert.match(String(description), /prod in us-east-1/);
  assert.deepEqual(options, {
    defaultRouteTableAssociation: "disable",
    defaultRouteTablePropagation: "disable",
    autoAcceptSharedAttachments: "disable",
    dnsSupport: "enable",
    vpnEcmpSupport: "enable",
    multicastSupport: "disable",
  });
  assert.deepEqual([gateway.protect, gateway.retainOnDelete], [true, true]);
});

describe("the link between clouds", () => {
  const resources = standard.of(link);

  test("consists of exactly these resources", () => {
    assert.deepEqual(counts(resources), {
      "atoll:connectivity:GoogleTunnels": 1,
      "aws:ec2/customerGateway:CustomerGateway": 2,
      "aws:ec2/vpnConnection:VpnConnection": 2,
      "aws:ec2transitgateway/routeTableAssociation:RouteTableAssociation": 2,
      "aws:ec2transitgateway/routeTablePropagation:RouteTablePropagation": 2,
      "gcp:compute/externalVpnGateway:ExternalVpnGateway": 1,
      "gcp:compute/routerInterface:RouterInterface": 4,
      "gcp:compute/routerPeer:RouterPeer": 4,
      "gcp:compute/vPNTunnel:VPNTunnel": 4,
      "gcp:networkconnectivity/spoke:Spoke": 1,
    });
  });

  test("connects each AWS endpoint to its Google interface", () => {
    const external = only(resources, "gcp:compute/externalVpnGateway:ExternalVpnGateway").inputs;
    assert.deepEqual(external.interfaces, [
      { id: 0, ipAddress: "203.0.113.01" },
      { id: 1, ipAddress: "203.0.113.02" },
      { id: 2, ipAddress: "203.0.113.11" },
      { id: 3, ipAddress: "203.0.113.12" },
    ]);
    assert.equal(external.redundancyType, "FOUR_IPS_REDUNDANCY");
    const tunnels = resources.filter(({ type }) => type === "gcp:compute/vPNTunnel:VPNTunnel");
    assert.deepEqual(
      tunnels.map(({ inputs: it, secrets }) => [
        it.vpnGatewayInterface,
        it.peerExternalGatewayInterface,
        it.sharedSecret,
        it.ikeVersion,
        ...secrets,
      ]),
      [
        [0, 0, "key-0-1", 2, "sharedSecret"],
        [0, 1, "key-0-2", 2, "sharedSecret"],
        [1, 2, "key-1-1", 2, "sharedSecret"],
        [1, 3, "key-1-2", 2, "sharedSecret"],
      ],
    );
    const customers = resources.filter(({ type }) => type.endsWith(":CustomerGateway"));
    assert.deepEqual(
      customers.map(({ inputs: it }) => [it.ipAddress, it.bgpAsn]),
      [
        ["192.0.2.10", String(standard.plan.hubs[1]?.asn)],
        ["192.0.2.11", String(standard.plan.hubs[1]?.asn)],
      ],
    );
  });

  test("has a BGP session in every tunnel, whose two ends agree on addresses and numbers", () => {
    const peers = resources.filter(({ type }) => type.endsWith(":RouterPeer"));
    const faces = resources.filter(({ type }) => type.endsWith(":RouterInterface"));
    const connections = resources.filter(({ type }) => type.endsWith(":VpnConnection"));
    const inside = connections.flatMap(({ inputs: it }) => [
      it.tunnel1InsideCidr,
      it.tunnel2InsideCidr,
    ]);
    assert.deepEqual(
      inside,
      [0, 4, 8, 12].map((start) => `169.254.100.${start}/30`),
    );
    assert.deepEqual(
      faces.map(({ inputs: it }) => it.ipRange),
      [2, 6, 10, 14].map((host) => `169.254.100.${host}/30`),
    );
    assert.deepEqual(
      peers.map(({ inputs: it }) => [it.ipAddress, it.peerIpAddress, it.peerAsn]),
      [2, 6, 10, 14].map((host) => [
        `169.254.100.${host}`,
        `169.254.100.${host - 1}`,
        standard.plan.hubs[0]?.asn,
      ]),
    );
    for (const { inputs: it } of peers) {
      assert.equal(it.advertiseMode, "CUSTOM");
      assert.deepEqual(it.advertisedIpRanges, [{ range: "10.36.0.0/16" }]);
    }
  });

  test("allows strong ciphers only, on both tunnels, and logs", () => {
    const { inputs: it } = resources.find(({ type }) => type.endsWith(":VpnConnection"))!;
    const tunnel = (number: number) =>
      Object.fromEntries(
        Object.entries(it).flatMap(([option, value]) =>
          option.startsWith(`tunnel${number}`) && !option.endsWith("InsideCidr")
            ? [[option.slice("tunnel1".length), value]]
            : [],
        ),
      );
    assert.deepEqual(tunnel(1), tunnel(2));
    const { LogOptions: logs, ...options } = tunnel(1);
    assert.deepEqual(options, {
      IkeVersions: ["ikev2"],
      Phase1EncryptionAlgorithms: ["AES256-GCM-16"],
      Phase1IntegrityAlgorithms: ["SHA2-384", "SHA2-512"],
      Phase1DhGroupNumbers: [20, 21],
      Phase1LifetimeSeconds: 28800,
      Phase2EncryptionAlgorithms: ["AES256-GCM-16"],
      Phase2IntegrityAlgorithms: ["SHA2-384", "SHA2-512"],
      Phase2DhGroupNumbers: [20, 21],
      Phase2LifetimeSeconds: 3600,
      DpdTimeoutAction: "restart",
      DpdTimeoutSeconds: 30,
      StartupAction: "add",
    });
    const { cloudwatchLogOptions: written } = logs as Record<string, Record<string, unknown>>;
    assert.deepEqual([written?.logEnabled, written?.bgpLogEnabled], [true, true]);
  });

  test("propagates AWS's announcements to Google's cells, and nothing between links", () => {
    const { linkedVpnTunnels: linked } = inputs(resources, "gcp:networkconnectivity/spoke:Spoke");
    const { uris, ...rest } = linked as { uris: string[] };
    assert.equal(uris.length, 4);
    assert.deepEqual(rest, {
      siteToSiteDataTransfer: false,
      includeImportRanges: ["ALL_IPV4_RANGES"],
      includeExportRanges: ["10.32.0.0/16"],
    });
  });
});

describe("sites", () => {
  test("get the endpoint of each tunnel and the location of its key, never the key", () => {
    const site = only(standard.resources, "atoll:connectivity:OnpremAttachment", "onprem-sel");
    const { links: [seoul] = [] } = site.outputs as { links?: Record<string, unknown>[] };
    const tunnels = seoul?.tunnels as Record<string, string>[];
    assert.deepEqual(
      tunnels.map(({ router, endpoint }) => [router, endpoint]),
      [
        ["198.51.100.7", "203.0.113.01"],
        ["198.51.100.7", "203.0.113.02"],
        ["198.51.100.8", "203.0.113.11"],
        ["198.51.100.8", "203.0.113.12"],
      ],
    );
    for (const { presharedKey } of tunnels)
      assert.match(presharedKey ?? "", /^arn:aws:secretsmanager/);
    assert.deepEqual([seoul?.announces, seoul?.learns], [["10.40.0.0/16"], ["10.32.0.0/16"]]);
    assert.deepEqual(site.outputs?.rules, [
      {
        direction: "out",
        cidr: "10.32.0.0/16",
        protocol: "tcp",
        ports: ["443"],
        why: "onprem-sel may reach aws-use1",
      },
    ]);
    assert.ok(!JSON.stringify(site.outputs).includes("key-0-1"));
  });

  const customers = standard
    .of(`connectivity-${use1}-to-onprem-sel`)
    .filter(({ type }) => type.endsWith(":CustomerGateway"));

  test("with large ASNs use the extended property of AWS", () => {
    for (const { inputs: it } of customers)
      assert.deepEqual([it.bgpAsn, it.bgpAsnExtended], [undefined, "4200000010"]);
  });

  test("have unique customer gateways, because AWS returns an existing one for the same inputs", () => {
    const names = customers.map(({ inputs: it }) => String(it.deviceName));
    assert.equal(new Set(names).size, 2);
    for (const name of names) assert.match(name, /^prod-.*onprem-sel-\d$/);
  });

  test("with one router have a tunnel to it from either interface of Google's gateway", () => {
    const resources = everything.of("connectivity-gcp-to-onprem-ber");
    const external = inputs(resources, "gcp:compute/externalVpnGateway:ExternalVpnGateway");
    assert.equal(external.redundancyType, "SINGLE_IP_INTERNALLY_REDUNDANT");
    const tunnels = resources.filter(({ type }) => type === "gcp:compute/vPNTunnel:VPNTunnel");
    assert.deepEqual(
      tunnels.map(({ inputs: it, secrets }) => [
        it.vpnGatewayInterface,
        it.peerExternalGatewayInterface,
        it.sharedSecret,
        ...secrets,
      ]),
      [
        [0, 0, "the value of onprem-ber-vpn-key", "sharedSecret"],
        [1, 0, "the value of onprem-ber-vpn-key", "sharedSecret"],
      ],
    );
  });
});

describe("peered Transit Gateways", () => {
  const name = `connectivity-aws-111122223333-eu-west-1-to-${use1}`;
  const resources = everything.of(name);

  test("are accepted at the other end, with static routes at both", () => {
    const provider = (resource: Registered) => resource.provider.split("::").at(-2);
    const asked = only(resources, "aws:ec2transitgateway/peeringAttachment:PeeringAttachment");
    const accepted = only(
      resources,
      "aws:ec2transitgateway/peeringAttachmentAccepter:PeeringAttachmentAccepter",
    );
    assert.equal(asked.inputs.peerRegion, "us-east-1");
    assert.equal(asked.inputs.peerAccountId, "111122223333");
    assert.equal(provider(asked), "aws-111122223333-eu-west-1");
    assert.equal(provider(accepted), use1);
    const routes = resources.filter(({ type }) => type.endsWith("/route:Route"));
    assert.deepEqual(
      routes.map((route) => [provider(route), route.inputs.destinationCidrBlock]),
      [
        ["aws-111122223333-eu-west-1", "10.32.0.0/16"],
        [use1, "10.34.0.0/16"],
      ],
    );
    for (const { dependsOn } of routes) {
      assert.ok(dependsOn.some((urn) => urn.endsWith(accepted.name)));
    }
  });
});

test("cells of other projects may join Google's hub, and no others", () => {
  const { autoAccept, name } = inputs(everything.resources, "gcp:networkconnectivity/group:Group");
  assert.deepEqual(autoAccept, { autoAcceptProjects: ["acme-data"] });
  assert.equal(name, "default");
  assert.ok(!standard.resources.some(({ type }) => type.endsWith(":Group")));
});

test("roles may be assumed only by flow logs of the hub's account and region", () => {
  const { assumeRolePolicy } = inputs(standard.resources, "aws:iam/role:Role");
  const [statement] = JSON.parse(String(assumeRolePolicy)).Statement;
  assert.deepEqual(statement.Condition, {
    StringEquals: { "aws:SourceAccount": "111122223333" },
    ArnLike: { "aws:SourceArn": "arn:aws:ec2:us-east-1:111122223333:vpc-flow-log/*" },
  });
});
