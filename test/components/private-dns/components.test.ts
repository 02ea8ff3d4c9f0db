// Registered resources. Name resolution across clouds, and the choice of address by Cloud DNS, are not proven here.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { BlueprintError } from "../../../components/core/errors.ts";
import { AwsDnsProfile } from "../../../components/private-dns/aws-profile.ts";
import { GoogleDnsHub } from "../../../components/private-dns/google-hub.ts";
import { createPrivateDns } from "../../../components/private-dns/private-dns.ts";
import { refusals } from "../../support/accepted.ts";
import { counts, inventory, only, type Registered } from "../../support/inventory.ts";
import { ownership } from "../../support/ownership.ts";
import { awsArgs, gcpArgs, hubArgs, siteArgs } from "./fixture.ts";

const onAws = await inventory(() => createPrivateDns("dns", awsArgs()));
const inProfile = await inventory(() => {
  const { profileId } = new AwsDnsProfile("profile", { ownership });
  createPrivateDns("dns", awsArgs({ profile: true }, { profileId }));
});
const onGoogle = await inventory(() => createPrivateDns("dns", gcpArgs));
const hub = await inventory(() => new GoogleDnsHub("dns-hub", hubArgs));
const of = (all: Registered[], type: string) => all.filter((each) => each.type === type);
const endpointType = "aws:route53/resolverEndpoint:ResolverEndpoint";

test("the schemas of the embedded cloud accept everything", () => {
  assert.deepEqual(refusals([...onAws, ...inProfile, ...onGoogle, ...hub]), []);
});

describe("AWS", () => {
  test("a cell has a zone, two endpoints, a rule for each other cell, and a query log", () => {
    assert.deepEqual(counts(onAws), {
      "atoll:private-dns:AwsPrivateDns": 1,
      "atoll:private-dns:AwsQueryLog": 1,
      "atoll:private-dns:AwsResolvers": 1,
      "aws:cloudwatch/logGroup:LogGroup": 1,
      "aws:ec2/securityGroup:SecurityGroup": 2,
      "aws:ec2/subnetCidrReservation:SubnetCidrReservation": 2,
      "aws:route53/record:Record": 1,
      [endpointType]: 2,
      "aws:route53/resolverQueryLogConfig:ResolverQueryLogConfig": 1,
      "aws:route53/resolverQueryLogConfigAssociation:ResolverQueryLogConfigAssociation": 1,
      "aws:route53/resolverRule:ResolverRule": 2,
      "aws:route53/resolverRuleAssociation:ResolverRuleAssociation": 2,
      "aws:route53/zone:Zone": 1,
      "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": 6,
      "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": 4,
    });
  });

  test("endpoints have planned addresses in two zones, which are reserved before", () => {
    const reserved = of(onAws, "aws:ec2/subnetCidrReservation:SubnetCidrReservation");
    for (const { inputs, dependsOn } of of(onAws, endpointType)) {
      const direction = inputs.direction === "INBOUND" ? "inbound" : "outbound";
      assert.deepEqual(inputs.ipAddresses, [
        { subnetId: "subnet-0a", ip: direction === "inbound" ? "10.32.31.244" : "10.32.31.245" },
        { subnetId: "subnet-0b", ip: direction === "inbound" ? "10.32.95.244" : "10.32.95.245" },
      ]);
      for (const { urn } of reserved) assert.ok(dependsOn.includes(urn));
    }
    assert.deepEqual(
      reserved.map(({ inputs }) => [inputs.cidrBlock, inputs.reservationType]),
      [
        ["10.32.31.240/28", "explicit"],
        ["10.32.95.240/28", "explicit"],
      ],
    );
  });

  test("only queries from and to resolvers of other cells are allowed, and only on port 53", () => {
    const rules = (type: string) =>
      of(onAws, type).map(({ inputs }) => {
        assert.deepEqual([inputs.fromPort, inputs.toPort], [53, 53]);
        return `${inputs.cidrIpv4} ${inputs.ipProtocol}`;
      });
    const both = (cidrs: string[]) => cidrs.flatMap((cidr) => [`${cidr} udp`, `${cidr} tcp`]);
    assert.deepEqual(
      rules("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"),
      both(["35.199.192.0/19", "10.40.0.0/16"]),
    );
    assert.deepEqual(
      rules("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule"),
      both(["10.63.255.253/32", "10.40.0.10/32", "10.40.0.11/32"]),
    );
  });

  test("the query log is encrypted and retained", () => {
    const { inputs, protect } = only(onAws, "aws:cloudwatch/logGroup:LogGroup");
    assert.equal(inputs.kmsKeyId, "arn:aws:kms:us-east-1:111122223333:key/logs");
    assert.equal(inputs.retentionInDays, 365);
    assert.equal(protect, true);
  });

  test("a zone of a permanent environment is retained, one of an ephemeral environment is deleted with its records", async () => {
    const zone = only(onAws, "aws:route53/zone:Zone");
    assert.deepEqual([zone.protect, zone.inputs.forceDestroy], [true, false]);
    const ephemeral = await inventory(() =>
      createPrivateDns("dns", awsArgs({}, { retain: false })),
    );
    const gone = only(ephemeral, "aws:route53/zone:Zone");
    assert.deepEqual([gone.protect, gone.inputs.forceDestroy], [false, true]);
  });

  test("a profile shares the zone and the rules, which then need no direct association", () => {
    const carried = of(
      inProfile,
      "aws:route53/profilesResourceAssociation:ProfilesResourceAssociation",
    );
    assert.deepEqual(
      carried.map(({ name }) => name),
      [
        "dns-profile-zone",
        "dns-resolvers-to-gcp-euw1-profile",
        "dns-resolvers-to-onprem-sel-profile",
      ],
    );
    assert.equal(of(inProfile, "aws:route53/profilesAssociation:ProfilesAssociation").length, 1);
    const own = "aws:route53/resolverRuleAssociation:ResolverRuleAssociation";
    assert.equal(of(inProfile, own).length, 0);
  });

  test("a cell without queries from others has no endpoints", async () => {
    const { resolvers: _, ...rest } = awsArgs().spec;
    const alone = await inventory(() => createPrivateDns("dns", { ...awsArgs(), spec: rest }));
    assert.equal(of(alone, endpointType).length, 0);
    assert.equal(of(alone, "aws:route53/zone:Zone").length, 1);
  });
});

describe("Google Cloud", () => {
  test("a cell's zone is visible to its network and the hub's; the rest of the domain is peered to the hub", () => {
    const [own, domain] = of(onGoogle, "gcp:dns/managedZone:ManagedZone").map(
      ({ inputs }) => inputs,
    );
    const { networkId } = gcpArgs.network;
    const { hubNetworkId } = gcpArgs;
    assert.equal(own?.dnsName, "gcp-euw1.prod.acme.internal.");
    assert.deepEqual(own?.privateVisibilityConfig, {
      networks: [{ networkUrl: networkId }, { networkUrl: hubNetworkId }],
    });
    assert.equal(domain?.dnsName, "prod.acme.internal.");
    assert.deepEqual(domain?.peeringConfig, { targetNetwork: { networkUrl: hubNetworkId } });
    assert.deepEqual(domain?.privateVisibilityConfig, { networks: [{ networkUrl: networkId }] });
  });

  test("the hub reserves three of four addresses before the inbound policy", () => {
    const kept = of(hub, "gcp:compute/address:Address");
    assert.deepEqual(
      kept.map(({ inputs }) => inputs.address),
      ["10.63.255.250", "10.63.255.251", "10.63.255.252"],
    );
    const policy = only(hub, "gcp:dns/policy:Policy");
    assert.deepEqual(
      [policy.inputs.enableInboundForwarding, policy.inputs.enableLogging],
      [true, true],
    );
    for (const { urn } of kept) assert.ok(policy.dependsOn.includes(urn));
  });

  test("the hub forwards to other clouds through the network's own routes", () => {
    const zones = of(hub, "gcp:dns/managedZone:ManagedZone").map(({ inputs }) => inputs);
    assert.deepEqual(
      zones.map(({ dnsName }) => dnsName),
      ["aws-use1.prod.acme.internal.", "onprem-sel.prod.acme.internal."],
    );
    assert.deepEqual(zones[0]?.forwardingConfig, {
      targetNameServers: ["10.32.31.244", "10.32.95.244"].map((ipv4Address) => ({
        ipv4Address,
        forwardingPath: "private",
      })),
    });
  });
});

test("a site gets its resolver settings as output, and no resources", async () => {
  const all = await inventory(() => createPrivateDns("dns", siteArgs));
  assert.deepEqual(only(all, "atoll:private-dns:OnpremPrivateDns").outputs?.directions, {
    zone: "onprem-sel.prod.acme.internal",
    resolvers: ["10.40.0.10", "10.40.0.11"],
    admits: ["10.32.31.245/32", "10.32.95.245/32", "35.199.192.0/19"],
    forwarders: {
      "aws-use1.prod.acme.internal": ["10.32.31.244", "10.32.95.244"],
      "gcp-euw1.prod.acme.internal": ["10.63.255.253"],
    },
  });
  assert.equal(all.length, 1);
});

test("invalid settings are reported together", () => {
  const { spec } = awsArgs();
  const resolvers = {
    ...spec.resolvers,
    zones: [],
    forwards: { x: { zone: "x.y", targets: ["a"] } },
  };
  assert.throws(
    () => createPrivateDns("dns", { ...awsArgs(), spec: { ...spec, resolvers } as never }),
    (error: BlueprintError) => error.problems.length === 2,
  );
});
