// Registered resources. How the clouds authorize connections is not proven here.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { AwsPeopleDoor } from "../../../components/people-access/aws-access-endpoint.ts";
import { GcpPeopleDoor } from "../../../components/people-access/gcp-access-levels.ts";
import { createPeopleAccess } from "../../../components/people-access/people-access.ts";
import { gcpAccessLevelsSpecOf } from "../../../components/people-access/specs.ts";
import { refusals } from "../../support/accepted.ts";
import { counts, inventory, only, type Registered } from "../../support/inventory.ts";
import {
  awsAccessEndpointArgs,
  awsArgs,
  gcpAccessLevelsArgs,
  gcpArgs,
  openId,
  settings,
  written,
} from "./fixture.ts";

const endpoint = await inventory(() => new AwsPeopleDoor("people", awsAccessEndpointArgs()));
const byOpenId = await inventory(() => {
  const args = awsAccessEndpointArgs({ aws: { ...written.aws, users: openId } });
  return new AwsPeopleDoor("people", { ...args, clientSecret: "hidden" });
});
const onAws = await inventory(() => createPeopleAccess("people", awsArgs));
const levels = await inventory(() => new GcpPeopleDoor("people", gcpAccessLevelsArgs));
const onGoogle = await inventory(() => createPeopleAccess("people", gcpArgs));
const of = (all: Registered[], type: string) => all.filter((each) => each.type === type);
const endpointType = "aws:verifiedaccess/endpoint:Endpoint";

test("the schemas of the embedded cloud accept everything", () => {
  assert.deepEqual(refusals([...endpoint, ...byOpenId, ...onAws, ...levels, ...onGoogle]), []);
});

describe("AWS", () => {
  test("the access endpoint has trust providers for users and devices, and a log", () => {
    assert.deepEqual(counts(endpoint), {
      "atoll:people-access:AwsPeopleDoor": 1,
      "aws:cloudwatch/logGroup:LogGroup": 1,
      "aws:verifiedaccess/instance:Instance": 1,
      "aws:verifiedaccess/instanceLoggingConfiguration:InstanceLoggingConfiguration": 1,
      "aws:verifiedaccess/instanceTrustProviderAttachment:InstanceTrustProviderAttachment": 2,
      "aws:verifiedaccess/trustProvider:TrustProvider": 2,
    });
    const { inputs } = only(endpoint, "aws:verifiedaccess/instance:Instance");
    const domain = "aws-111122223333-us-east-1.clients.acme.example";
    assert.equal(inputs.cidrEndpointsCustomSubdomain, domain);
    const logs = only(endpoint, "aws:cloudwatch/logGroup:LogGroup").inputs;
    assert.deepEqual(
      [logs.kmsKeyId, logs.retentionInDays],
      [awsAccessEndpointArgs().logsKeyArn, 365],
    );
  });

  test("a new tenant replaces the trust provider, which is detached before its successor is attached", () => {
    const devices = only(
      endpoint,
      "aws:verifiedaccess/trustProvider:TrustProvider",
      "people-devices",
    );
    assert.deepEqual(devices.replaceOnChanges, ["deviceOptions.tenantId"]);
    const exclusive = endpoint.filter(({ type }) =>
      /trustProvider|TrustProviderAttachment/.test(type),
    );
    assert.equal(exclusive.length, 4);
    assert.ok(exclusive.every(({ deleteBeforeReplace }) => deleteBeforeReplace));
  });

  test("an OpenID provider serves browsers and the Connectivity Client, and its client secret stays secret", () => {
    const users = only(byOpenId, "aws:verifiedaccess/trustProvider:TrustProvider", "people-users");
    const { oidcOptions, nativeApplicationOidcOptions: native } = users.inputs as Record<
      string,
      Record<string, unknown>
    >;
    assert.equal(oidcOptions?.publicSigningKeyEndpoint, undefined);
    assert.equal(native?.publicSigningKeyEndpoint, openId.publicSigningKeyEndpoint);
    const args = awsAccessEndpointArgs({ aws: { ...written.aws, users: openId } });
    assert.throws(() => new AwsPeopleDoor("people", args), /clientSecret: is required/);
  });

  test("each target has its own endpoint and policy", () => {
    assert.deepEqual(
      of(onAws, endpointType)
        .map(({ name, inputs }) => [name, inputs.endpointType])
        .sort(),
      [
        ["people-cluster-api", "cidr"],
        ["people-dashboard-grafana", "load-balancer"],
        ["people-database", "rds"],
      ],
    );
    const policies = of(onAws, "aws:verifiedaccess/group:Group").map(
      ({ inputs }) => String(inputs.policyDocument).match(/permit\(/g)?.length,
    );
    assert.deepEqual(policies, [1, 2, 1]);
  });

  test("all data of Verified Access is encrypted with the customer-managed key", () => {
    for (const { inputs } of [...endpoint, ...onAws]) {
      const sse = inputs.sseConfiguration ?? inputs.sseSpecification;
      if (sse)
        assert.deepEqual(sse, { customerManagedKeyEnabled: true, kmsKeyArn: awsArgs.keyArn });
    }
    assert.ok(of(onAws, endpointType).every(({ inputs }) => inputs.sseSpecification));
  });

  test("endpoints can reach only the port of their target", () => {
    const rules = (type: string, end: string) =>
      of(onAws, type)
        .map(({ inputs }) => [inputs[end], inputs.fromPort, inputs.toPort])
        .sort();
    const ways = [
      ["sg-0b", 5432, 5432],
      ["sg-0c", 443, 443],
      ["sg-0d", 443, 443],
    ];
    const egress = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";
    const ingress = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
    assert.deepEqual(rules(egress, "referencedSecurityGroupId"), ways);
    assert.deepEqual(rules(ingress, "securityGroupId"), ways);
    assert.ok(of(onAws, egress).every(({ inputs }) => inputs.cidrIpv4 === undefined));
  });
});

describe("Google Cloud", () => {
  test("each group has an access level for its devices, and groups that call Google APIs are bound to it", () => {
    const [admins, analysts] = of(levels, "gcp:accesscontextmanager/accessLevel:AccessLevel");
    assert.deepEqual(admins?.inputs.basic, {
      combiningFunction: "AND",
      conditions: [
        {
          devicePolicy: {
            requireScreenLock: true,
            requireCorpOwned: true,
            allowedEncryptionStatuses: ["ENCRYPTED"],
          },
        },
      ],
    });
    assert.match(JSON.stringify(analysts?.inputs.basic), /"requireCorpOwned":false/);
    const bound = only(
      levels,
      "gcp:accesscontextmanager/gcpUserAccessBinding:GcpUserAccessBinding",
    );
    assert.deepEqual(
      [bound.inputs.groupKey, bound.name],
      ["01d520gv4vjcrht", "people-platform-admins-binding"],
    );
  });

  test("leaves the bindings of its groups to another environment", async () => {
    const google = { accessPolicy: "123456789012", organization: "1234567", bindings: "present" };
    const spec = gcpAccessLevelsSpecOf(settings({ google }), "staging");
    assert.ok(spec);
    const made = await inventory(
      () => new GcpPeopleDoor("people", { ...gcpAccessLevelsArgs, spec }),
    );
    assert.equal(of(made, "gcp:accesscontextmanager/accessLevel:AccessLevel").length, 2);
    const binding = "gcp:accesscontextmanager/gcpUserAccessBinding:GcpUserAccessBinding";
    assert.deepEqual(of(made, binding), []);
  });

  test("every IAP grant has the group's access level as a condition", () => {
    const grants = onGoogle.filter(
      ({ type }) => type.startsWith("gcp:iap/") && type.endsWith("Member"),
    );
    assert.equal(grants.length, 3);
    for (const { inputs } of grants) {
      const { expression } = inputs.condition as { expression: string };
      const [, group] = /^group:([a-z-]+)@/.exec(String(inputs.member)) ?? [];
      const level = `prod_${group?.replaceAll("-", "_")}`;
      assert.equal(
        expression,
        `"accessPolicies/123456789012/accessLevels/${level}" in request.auth.access_levels`,
      );
    }
  });

  test("the role for a cluster's API only allows connections to this cluster", () => {
    const role = only(onGoogle, "gcp:projects/iAMCustomRole:IAMCustomRole").inputs;
    assert.deepEqual(role.permissions, ["container.clusters.connect", "container.clusters.get"]);
    assert.match(String(role.roleId), /^[a-zA-Z0-9_.]{3,64}$/);
    const { condition } = only(onGoogle, "gcp:projects/iAMMember:IAMMember").inputs;
    assert.equal(
      (condition as { expression: string }).expression,
      'resource.name == "projects/acme-prod/locations/europe-west1/clusters/prod-gcp-euw1"',
    );
  });

  test("the tunnel destination group has only the database's name", () => {
    const { inputs } = only(onGoogle, "gcp:iap/tunnelDestGroup:TunnelDestGroup");
    assert.deepEqual([inputs.fqdns, inputs.cidrs], [["abc.def.europe-west1.sql.goog"], undefined]);
  });
});
