// Properties that a service returns in its own form. Not proven here: that a real service changes no others.
import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, test } from "node:test";
import { permissions } from "../../../components/cache/access.ts";
import { normalForm, resourceSchema, typesWithForms } from "../../../simulator/schema/index.ts";
import { type Played, playedCloud } from "../../support/played-cloud.ts";

const LIST = "aws:route53/resolverFirewallDomainList:ResolverFirewallDomainList";
const USER = "aws:elasticache/user:User";

let cloud: Played;
beforeEach(() => {
  cloud = playedCloud();
});
afterEach(() => cloud.stop());

const accessString = (given: string) => normalForm(USER, { accessString: given }).accessString;

describe("normal forms", () => {
  test("are of properties that the types have", () => {
    for (const type of typesWithForms) assert.ok(resourceSchema(type), type);
  });

  test("of names end in a dot", () => {
    assert.deepEqual(normalForm(LIST, { name: "l", domains: ["*", "*.a.com", "b.com."] }), {
      name: "l",
      domains: ["*.", "*.a.com.", "b.com."],
    });
  });

  test("of permissions start from none", () => {
    assert.equal(accessString("on ~app:* +@read"), "on ~app:* -@all +@read");
    assert.equal(accessString("on  ~*"), "on ~* -@all");
    assert.equal(accessString("on ~* +@all -@dangerous"), "on ~* +@all -@dangerous");
    const sent = `on ${permissions({ access: "read", keys: ["app:*"] })}`;
    assert.equal(accessString(sent), sent);
    assert.equal(accessString("off -@all"), "off -@all");
  });

  test("of topics' settings are strings", () => {
    const configs = normalForm("aws:msk/topic:Topic", {
      configs: '{"retention.ms":1,"a":"b"}',
    }).configs;
    assert.equal(configs, '{"retention.ms":"1","a":"b"}');
  });

  test("of IPv6 blocks are the shortest, in lower case", () => {
    const type = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
    const block = (cidrIpv6: string) => normalForm(type, { cidrIpv6 }).cidrIpv6;
    assert.equal(block("2001:DB8:0:0::/48"), "2001:db8::/48");
    assert.equal(block("::/0"), "::/0");
  });

  test("of Google's durations and times have no fraction of zero", () => {
    const type = "gcp:secretmanager/secret:Secret";
    const rotation = (rotationPeriod: string, nextRotationTime: string) =>
      normalForm(type, { rotation: { topic: "t", rotationPeriod, nextRotationTime } }).rotation;
    assert.deepEqual(rotation("2592000.0s", "2027-01-31T10:00:00.000+01:00"), {
      topic: "t",
      rotationPeriod: "2592000s",
      nextRotationTime: "2027-01-31T09:00:00Z",
    });
    const topic = (messageRetentionDuration: string) =>
      normalForm("gcp:pubsub/topic:Topic", { messageRetentionDuration }).messageRetentionDuration;
    assert.deepEqual(["600s", "600.5s", "600.1234s"].map(topic), [
      "600s",
      "600.500s",
      "600.123400s",
    ]);
  });

  test("of constraints' switches are upper case, in each rule", () => {
    const rules = [{ enforce: "true" }, { denyAll: "TRUE" }];
    const policy = normalForm("gcp:orgpolicy/policy:Policy", { name: "p", spec: { rules } });
    assert.deepEqual(policy.spec, { rules: [{ enforce: "TRUE" }, { denyAll: "TRUE" }] });
  });

  test("show another form as a difference on every preview", () => {
    const made = (domains: string[]) => {
      const list = cloud.make(LIST, `l${domains.length}`, { name: `l${domains.length}`, domains });
      const asked = cloud.wanted(LIST, `l${domains.length}`, list.inputs);
      return cloud.provider("aws").diff(asked, list.id, list.inputs, list.state).changes;
    };
    assert.deepEqual(made(["a.com."]), []);
    assert.equal(made(["a.com", "b.com"]).length, 2);
  });

  test("are what a refresh reads", () => {
    const { id } = cloud.make(LIST, "l", { name: "l", domains: ["a.com"] });
    const { config } = cloud.wanted(LIST, "l", {});
    const read = cloud.provider("aws").read(LIST, id, {}, config);
    assert.deepEqual(read?.inputs.domains, ["a.com."]);
    assert.deepEqual(read?.state.domains, ["a.com."]);
  });
});

test("Route 53 shares and states are those of the API", () => {
  const profile = cloud.make("aws:route53/profilesProfile:ProfilesProfile", "p", { name: "p" });
  assert.equal(profile.state.status, "COMPLETE");
  assert.equal(profile.state.shareStatus, "NOT_SHARED");
});
