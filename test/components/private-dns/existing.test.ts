// Existing zones: what is asked, what is made of the answers, and the real engine on the embedded cloud. That clouds answer in this form
// is not proven here, nor that a network of Google's sees its zone.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import * as aws from "@pulumi/aws";
import * as gcp from "@pulumi/gcp";
import { existingZones } from "../../../cli/engine/existing/zones.ts";
import { BlueprintError } from "../../../components/core/errors.ts";
import {
  type HostedZoneFacts,
  hostedZoneProblems,
  lookUpHostedZone,
} from "../../../components/private-dns/aws-existing.ts";
import { existingZoneProblems } from "../../../components/private-dns/existing.ts";
import {
  lookUpManagedZone,
  managedZoneProblems,
} from "../../../components/private-dns/gcp-existing.ts";
import { createPrivateDns } from "../../../components/private-dns/private-dns.ts";
import { existingStack } from "../../../simulator/existing.ts";
import { type Rig, rig } from "../../support/engine.ts";
import { counts, inventory } from "../../support/inventory.ts";
import { loaded, set } from "../../support/sample.ts";
import { awsArgs, cells, gcpArgs } from "./fixture.ts";

const id = "Z0123456789ABCDEFGHIJ";
const zone = "aws-use1.prod.acme.internal";
const spec = { existing: id, zone };
const arn = `arn:aws:route53:::hostedzone/${id}`;
const facts: HostedZoneFacts = {
  zone: { facts: { name: zone, private: true, arn } },
  associated: undefined,
};

test("a manifest names zones by cells of clouds, in the form of the cloud", () => {
  const names = cells.map(({ name }) => name);
  assert.deepEqual(
    existingZoneProblems({ "aws-use1": id, "gcp-euw1": "private" }, cells, names),
    [],
  );
  assert.deepEqual(
    existingZoneProblems(
      { "aws-use1": "private", "gcp-euw1": id, "onprem-sel": "z", "aws-use2": id },
      cells,
      names,
    ).map(({ path, message }) => `${path}: ${message}`),
    [
      'existing.aws-use1: must be the id of a hosted zone, such as "Z0123456789ABCDEFGHIJ"',
      'existing.gcp-euw1: must be the name of a managed zone in the cell\'s project, such as "private"',
      "existing.onprem-sel: is not supported on-premises: the site's resolvers have the zone",
      'existing.aws-use2: no such cell in the environment, did you mean "aws-use1"?',
    ],
  );
});

describe("each check", () => {
  const on = (change: Partial<HostedZoneFacts>) =>
    hostedZoneProblems(spec, { ...facts, ...change }).map(({ message }) => message);

  test("is passed by a private zone of the cell's name", () => {
    assert.deepEqual([on({}), on({ associated: { facts: { id } } })], [[], []]);
    const found = { facts: { dnsName: `${zone}.`, visibility: "private" } };
    assert.deepEqual(managedZoneProblems(zone, found), []);
  });

  test("refuses zones of AWS that are not found, of another name, public, or not the VPC's", () => {
    const seen = { name: zone, private: true, arn };
    assert.deepEqual(
      [
        on({ zone: { failure: "NoSuchHostedZone" } }),
        on({ zone: { facts: { ...seen, name: "acme.internal" } } }),
        on({ zone: { facts: { ...seen, private: false } } }),
        on({ associated: { failure: "no matching Route 53 Hosted Zone found" } }),
        on({ associated: { facts: { id: "Z9" } } }),
      ],
      [
        ["must name a hosted zone that can be looked up: NoSuchHostedZone"],
        [`must be the zone ${zone}`],
        ["must be a private hosted zone"],
        [
          "must name a hosted zone that the VPC is associated with that can be looked up: no matching Route 53 Hosted Zone found",
        ],
        ["must be the one that the VPC is associated with"],
      ],
    );
  });

  test("refuses zones of Google Cloud that are not found, of another name, or public", () => {
    const problems = (change: object) =>
      managedZoneProblems(zone, {
        facts: { dnsName: `${zone}.`, visibility: "private", ...change },
      }).map(({ message }) => message);
    assert.deepEqual(
      [problems({ dnsName: "acme.internal." }), problems({ visibility: "public" })],
      [[`must be the zone ${zone}.`], ["must be a private zone"]],
    );
    assert.equal(managedZoneProblems(zone, { failure: "not found" }).length, 1);
  });
});

test("an existing VPC is not associated again, one that Atoll created is", async () => {
  const of = async (associated: HostedZoneFacts["associated"]) =>
    counts(
      await inventory(() =>
        createPrivateDns("dns", awsArgs({ existing: id }, { facts: { ...facts, associated } })),
      ),
    );
  const [created, existing] = [await of(undefined), await of({ facts: { id } })];
  const type = "aws:route53/zoneAssociation:ZoneAssociation";
  assert.deepEqual([created[type], existing[type]], [1, undefined]);
  assert.equal(created["aws:route53/zone:Zone"], undefined);
});

test("a rehearsal puts in what the manifest names", () => {
  const footprint = loaded({ local: set("dns.existing", { "aws-use1": id, "gcp-euw1": "own" }) });
  assert.ok(footprint.plans.dns);
  assert.deepEqual(
    existingZones(footprint.plans.dns, footprint.cells).map((resource) => resource.id),
    [id, "projects/atoll-local/managedZones/own"],
  );
});

describe("in the real engine", () => {
  let cloud: Rig;
  before(async () => {
    cloud = await rig();
  });
  after(() => cloud.stop());

  let refused: unknown;
  const { project } = gcpArgs.spec;
  const program = async () => {
    const use1 = new aws.Provider("use1", {
      region: "us-east-1",
      allowedAccountIds: ["111122223333"],
    });
    const euw1 = new gcp.Provider("euw1", { project, region: "europe-west1" });
    const vpc = new aws.ec2.Vpc("vpc", { cidrBlock: "10.32.0.0/16" }, { provider: use1 });
    const key = new aws.kms.Key("logs", {}, { provider: use1 });
    const [awsFacts, gcpFacts] = await Promise.all([
      lookUpHostedZone({ id, name: zone, vpcId: undefined }, { provider: use1 }),
      lookUpManagedZone({ project, name: "own" }, { provider: euw1 }),
    ]);
    try {
      createPrivateDns(
        "aws-dns",
        {
          ...awsArgs(
            { existing: id, resolvers: undefined },
            {
              facts: awsFacts,
              network: { vpcId: vpc.id, privateSubnetIds: [] },
              logsKeyArn: key.arn,
            },
          ),
          retain: false,
        },
        { providers: { aws: use1 } },
      );
      createPrivateDns(
        "gcp-dns",
        {
          ...gcpArgs,
          retain: false,
          spec: { ...gcpArgs.spec, hub: false, existing: "own" },
          facts: gcpFacts,
        },
        { providers: { gcp: euw1 } },
      );
    } catch (error) {
      refused = error;
    }
    return {};
  };

  test("zones that are not found are refused in a preview", async () => {
    await cloud.preview(program);
    assert.ok(refused instanceof BlueprintError);
    assert.match(refused.message, /existing: must name a hosted zone that can be looked up/);
  });

  test("records and an association are created in zones that exist, and go without them", async () => {
    const put = [
      {
        type: "aws:route53/zone:Zone",
        id,
        config: { region: "us-east-1", allowedAccountIds: ["111122223333"] },
        inputs: { name: zone },
        facts: { privateZone: true },
      },
      {
        type: "gcp:dns/managedZone:ManagedZone",
        id: `projects/${project}/managedZones/own`,
        config: { project, region: "europe-west1" },
        inputs: {
          project,
          name: "own",
          dnsName: `${gcpArgs.spec.zone}.`,
          visibility: "private",
        },
      },
    ];
    cloud.console((console) => console.exist(put));
    refused = undefined;
    await cloud.up(program);
    assert.equal(refused, undefined);
    const types = cloud.deployed("test").map(({ type }) => type);
    assert.deepEqual(types.filter((type) => /^(aws:route53|gcp:dns)\//.test(type)).sort(), [
      "aws:route53/record:Record",
      "aws:route53/resolverQueryLogConfig:ResolverQueryLogConfig",
      "aws:route53/resolverQueryLogConfigAssociation:ResolverQueryLogConfigAssociation",
      "aws:route53/zoneAssociation:ZoneAssociation",
      "gcp:dns/recordSet:RecordSet",
    ]);
    await cloud.destroy(program);
    assert.deepEqual(cloud.deployed("test"), []);
    assert.equal(cloud.deployed(existingStack).length, 2);
  });
});
