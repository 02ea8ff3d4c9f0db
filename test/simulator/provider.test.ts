// The lifecycle of resources, without engine. The engine tests prove the order of calls.
import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, test } from "node:test";
import type { Resource } from "../../simulator/store.ts";
import { type Bag, UNKNOWN } from "../../simulator/wire.ts";
import { type Played, playedCloud } from "../support/played-cloud.ts";

const VPC = "aws:ec2/vpc:Vpc";
const ROLE = "aws:iam/role:Role";

let cloud: Played;
beforeEach(() => {
  cloud = playedCloud();
});
afterEach(() => cloud.stop());

const diff = ({ type, urn, id, inputs, state }: Resource, news: Bag, config?: Bag) =>
  cloud
    .provider("aws")
    .diff(cloud.wanted(type, urn.split("::").at(-1) ?? "", news, config), id, inputs, state);

describe("diff", () => {
  test("equal inputs give no changes", () => {
    const vpc = cloud.make(VPC, "v", { cidrBlock: "10.0.0.0/16", tags: { a: "b" } });
    assert.deepEqual(diff(vpc, vpc.inputs).changes, []);
  });

  test("a property that requires a replacement is reported, an unknown one may change", () => {
    const vpc = cloud.make(VPC, "v", { cidrBlock: "10.0.0.0/16" });
    assert.deepEqual(diff(vpc, { ...vpc.inputs, cidrBlock: "10.1.0.0/16" }).changes, [
      { path: "cidrBlock", kind: "update", replace: true },
    ]);
    assert.equal(diff(vpc, { ...vpc.inputs, cidrBlock: UNKNOWN }).changes[0]?.path, "cidrBlock");
  });

  test("another region, of the provider or of the resource itself, requires a replacement", () => {
    const vpc = cloud.make(VPC, "v", { cidrBlock: "10.0.0.0/16" });
    const moved = [{ path: "region", kind: "update", replace: true }];
    assert.deepEqual(diff(vpc, vpc.inputs, { region: "eu-west-1" }).changes, moved);
    assert.deepEqual(diff(vpc, { ...vpc.inputs, region: "eu-west-1" }).changes, moved);
    assert.deepEqual(
      diff(vpc, { ...vpc.inputs, region: "us-east-1" }, { region: "eu-west-1" }).changes.filter(
        ({ replace }) => replace,
      ),
      [],
    );
  });

  test("a resource with a fixed name is deleted before its replacement is created, one without after", () => {
    const role = cloud.make(ROLE, "r", { name: "r", assumeRolePolicy: "{}" });
    assert.equal(diff(role, { ...role.inputs, path: "/team/" }).deleteBeforeReplace, true);
    assert.equal(
      diff(role, { ...role.inputs, path: "/team/", name: "s" }).deleteBeforeReplace,
      false,
    );
    const vpc = cloud.make(VPC, "v", { cidrBlock: "10.0.0.0/16" });
    assert.equal(diff(vpc, { ...vpc.inputs, cidrBlock: "10.1.0.0/16" }).deleteBeforeReplace, false);
  });
});

describe("creation again for the same URN", () => {
  const wanted = (cidrBlock: string, tags: Bag = {}) => cloud.wanted(VPC, "v", { cidrBlock, tags });
  const create = (cidrBlock: string, tags?: Bag) =>
    cloud.provider("aws").create(wanted(cidrBlock, tags));

  test("adopts an unacknowledged resource, with the current inputs", () => {
    const lost = create("10.0.0.0/16");
    const again = create("10.0.0.0/16", { owner: "a" });
    assert.equal(again.id, lost.id);
    assert.deepEqual(
      cloud.store.byUrn(lost.urn).map(({ state }) => state.tags),
      [{ owner: "a" }],
    );
  });

  test("recreates it if the change requires a replacement, and leaves no orphan", () => {
    const lost = create("10.0.0.0/16");
    const again = create("10.1.0.0/16");
    assert.notEqual(again.id, lost.id);
    assert.deepEqual(
      cloud.store.byUrn(lost.urn).map(({ id }) => id),
      [again.id],
    );
  });

  test("creates a second one if the engine knows the first, as in a replacement", () => {
    const known = create("10.0.0.0/16");
    diff(known, { cidrBlock: "10.1.0.0/16" });
    const next = create("10.1.0.0/16");
    assert.deepEqual(
      cloud.store.byUrn(known.urn).map(({ id }) => id),
      [known.id, next.id],
    );
  });

  test("adopts the lost part of a replacement, not the known one", () => {
    const known = create("10.0.0.0/16");
    diff(known, { cidrBlock: "10.1.0.0/16" });
    const lost = create("10.1.0.0/16");
    cloud.provider("aws").check(wanted("10.1.0.0/16"), known.inputs);
    diff(known, { cidrBlock: "10.1.0.0/16" });
    assert.equal(create("10.1.0.0/16").id, lost.id);
    assert.equal(cloud.store.byUrn(known.urn).length, 2);
  });
});

describe("reading", () => {
  test("an id returns inputs and state, a missing one nothing", () => {
    const vpc = cloud.make(VPC, "v", { cidrBlock: "10.0.0.0/16" });
    const read = (id: string) => cloud.provider("aws").read(VPC, id, {}, { region: "us-east-1" });
    assert.deepEqual([read(vpc.id)?.inputs, read(vpc.id)?.state], [vpc.inputs, vpc.state]);
    assert.equal(read("vpc-0123456789abcdef0"), undefined);
  });

  test("a Google resource is found by its name as well as by its id", () => {
    const network = cloud.make("gcp:compute/network:Network", "n", { name: "net" });
    const read = (id: string) =>
      cloud.provider("gcp").read(network.type, id, {}, { project: "acme-test" });
    assert.equal(read("net")?.id, network.id);
    assert.equal(read(network.id)?.id, network.id);
  });
});

describe("preview", () => {
  test("of a creation: inputs are known, computed values are not", () => {
    const { values } = cloud
      .provider("aws")
      .preview(cloud.wanted(VPC, "v", { cidrBlock: "10.0.0.0/16" }), undefined, {});
    assert.deepEqual(
      [values.cidrBlock, values.region, values.arn, values.defaultSecurityGroupId],
      ["10.0.0.0/16", "us-east-1", UNKNOWN, UNKNOWN],
    );
  });

  test("of an update: current values stay known, values that change with it do not", () => {
    const template = cloud.make("aws:ec2/launchTemplate:LaunchTemplate", "t", { name: "template" });
    const news = { ...template.inputs, instanceType: "m7g.large" };
    const { values } = cloud
      .provider("aws")
      .preview(cloud.wanted(template.type, "t", news), template.id, template.state);
    assert.deepEqual(
      [values.arn, values.instanceType, values.latestVersion],
      [template.state.arn, "m7g.large", UNKNOWN],
    );
  });

  test("secrets stay secret in the state, and outputs that are always secret are marked", () => {
    const asked = {
      ...cloud.wanted("aws:ssm/parameter:Parameter", "p", {
        name: "p",
        type: "String",
        value: "v",
      }),
      secrets: ["/name"],
    };
    assert.ok(cloud.provider("aws").preview(asked, undefined, {}).secrets.includes("/name"));
    const made = cloud.provider("aws").create(asked);
    assert.ok(made.secrets.includes("/name") && made.secrets.includes("/value"));
  });
});

describe("generated names", () => {
  test("are derived from the URN, are valid on the cloud, and stay the same", () => {
    const name = (type: string, olds: Bag = {}) =>
      cloud.provider("aws").check(cloud.wanted(type, "Team", {}), olds).inputs.name;
    assert.match(String(name("aws:sqs/queue:Queue")), /^Team-[0-9a-f]{7}$/);
    assert.match(String(name("gcp:compute/network:Network")), /^team-[0-9a-f]{7}$/);
    assert.match(String(name("aws:kms/alias:Alias")), /^alias\/Team-[0-9a-f]{7}$/);
    assert.equal(name("aws:sqs/queue:Queue", { name: "was-before" }), "was-before");
  });

  test("are not generated if a prefix is set or the type has no name", () => {
    const check = (type: string, inputs: Bag) => cloud.check(type, "n", inputs).inputs;
    assert.equal(check("aws:sqs/queue:Queue", { namePrefix: "x-" }).name, undefined);
    assert.equal(check(VPC, { cidrBlock: "10.0.0.0/16" }).name, undefined);
  });
});
