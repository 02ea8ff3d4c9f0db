// The plan and its problems as data. How the providers evaluate trust data is not proven here.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { checkSpec } from "../../../components/core/spec.ts";
import { cedarPolicy } from "../../../components/people-access/cedar.ts";
import { accessLevel, planPeople } from "../../../components/people-access/plan.ts";
import { peopleProblems } from "../../../components/people-access/problems.ts";
import {
  awsCellPeopleSettings,
  peopleSettings,
  targets,
} from "../../../components/people-access/schema.ts";
import { cells, identityCenterId, openId, settings, written } from "./fixture.ts";

const admins = written.groups["platform-admins"];
const reported = (changed: object, some = cells) =>
  peopleProblems(settings(changed), some).map(({ path, message }) => `${path}: ${message}`);
const only = (group: object) => ({ groups: { admins: { ...admins, ...group } } });

describe("the plan", () => {
  test("a group reaches its targets in each cloud cell that has them", () => {
    const names = (cell: string, target: (typeof targets)[number]) =>
      Object.keys(planPeople(settings(), cells)[cell]?.[target] ?? {});
    assert.deepEqual(names("aws-use1", "cluster-api"), ["platform-admins"]);
    assert.deepEqual(names("gcp-euw1", "database"), ["platform-admins", "data-analysts"]);
    assert.equal(planPeople(settings(), cells)["onprem-sel"], undefined);
  });

  test("never gives a group more than its targets, for any cells", () => {
    const group = fc.record({
      who: fc.constant("a@acme.example"),
      reaches: fc.uniqueArray(fc.constantFrom(...targets), { minLength: 1 }),
      cells: fc.option(
        fc.subarray(
          cells.map(({ name }) => name),
          { minLength: 1 },
        ),
        { nil: undefined },
      ),
    });
    const names = fc.constantFrom("admins", "analysts", "auditors");
    fc.assert(
      fc.property(fc.dictionary(names, group), (groups) => {
        const parsed = peopleSettings.parse({ groups });
        for (const [cell, reached] of Object.entries(planPeople(parsed, cells))) {
          for (const target of targets) {
            for (const name of Object.keys(reached[target])) {
              const said = parsed.groups[name];
              assert.ok(said);
              assert.ok(said.reaches.includes(target));
              assert.ok(said.cells === undefined || said.cells.includes(cell));
              assert.notEqual(cells.find((each) => each.name === cell)?.cloud, "onprem");
            }
          }
        }
      }),
    );
  });

  test("access levels have valid names from environment and group", () => {
    const level = accessLevel("123456789012", "prod", "platform-admins");
    assert.equal(level, "accessPolicies/123456789012/accessLevels/prod_platform_admins");
    const long = accessLevel("1", "a".repeat(30), "b".repeat(32)).split("/").at(-1) ?? "";
    assert.match(long, /^[a-zA-Z][a-zA-Z0-9_]{0,49}$/);
  });
});

describe("policies of Verified Access", () => {
  const { groups, aws } = settings();
  const jamf = settings().aws?.devices;
  const policy = (users: "identity-center" | "oidc", devices = jamf) =>
    devices ? cedarPolicy(groups, users, devices) : "";

  test("require the group id, a verified email address, and a trusted device", () => {
    const [, second] = policy("identity-center").split("\n};\n");
    assert.equal(
      `${second}`,
      [
        "permit(principal, action, resource) when {",
        `  context.people.groups has "${identityCenterId}"`,
        "  && context.people.user.email.verified == true",
        '  && ["SECURE","LOW"].contains(context.jamf.risk)',
        "};",
      ].join("\n"),
    );
    assert.equal(aws?.users.type, "identity-center");
  });

  test("require the group name with an OpenID provider", () => {
    assert.match(policy("oidc"), /groups\.contains\("platform-admins@acme\.example"\)/);
    assert.match(policy("oidc"), /context\.people\.email_verified == true/);
  });

  test("use the trust data of each device provider", () => {
    const tenantId = "acme";
    const by = (device: Parameters<typeof cedarPolicy>[2]) => policy("oidc", device);
    assert.match(
      by({ type: "crowdstrike", tenantId, minimumScore: 70 }),
      /crwd\.assessment\.overall >= 70/,
    );
    assert.match(by({ type: "jumpcloud", tenantId }), /jumpcloud\.device\.is_managed == true/);
  });

  test("have one permit per group, each with a device condition", () => {
    const all = policy("oidc");
    assert.equal(all.match(/permit\(/g)?.length, 2);
    assert.equal(all.match(/context\.jamf\.risk/g)?.length, 2);
  });
});

describe("refused", () => {
  test("no problem for valid settings", () => {
    assert.deepEqual(reported({}), []);
  });

  test("an on-premises cell, with the alternative", () => {
    assert.match(
      reported(only({ cells: ["onprem-sel", "aws-use1"] }))[0] ?? "",
      /^groups\.admins\.cells\[0\]: must not be an on-premises cell, .* connectivity\.reachability$/,
    );
  });

  test("an unknown cell", () => {
    const [line] = reported(only({ cells: ["aws-us1"] }));
    assert.equal(line, 'groups.admins.cells[0]: no such cell, did you mean "aws-use1"?');
  });

  test("a target that a cell does not have", () => {
    const bare = cells.map((cell) => ({ ...cell, database: false }));
    assert.match(
      reported(only({ reaches: ["database"] }), bare)[0] ?? "",
      /^groups\.admins\.reaches\[0\]: must be in its cells: aws-use1, gcp-euw1 have no section database$/,
    );
    const half = cells.map((cell) => ({ ...cell, database: cell.cloud === "aws" }));
    assert.deepEqual(reported(only({ reaches: ["database"] }), half), []);
    assert.equal(reported(only({ reaches: ["database"], cells: ["gcp-euw1"] }), half).length, 1);
  });

  test("missing trust providers, reported once", () => {
    assert.deepEqual(
      reported({ aws: undefined, google: undefined }).map((line) =>
        line.slice(0, line.indexOf(",")),
      ),
      [
        "aws: is required: the trust providers for users and devices",
        "google: is required: the access policy that checks devices",
      ],
    );
  });

  test("clusters on AWS without a client domain", () => {
    const { clientDomain: _, ...rest } = written.aws;
    const [line, ...more] = reported({ ...only({}), aws: rest });
    assert.match(
      line ?? "",
      /^aws\.clientDomain: is required: clients connect to clusters in a domain/,
    );
    assert.deepEqual(more, []);
    assert.deepEqual(reported({ ...only({ reaches: ["database"] }), aws: rest }), []);
  });

  test("missing group ids", () => {
    const group = { ...only({ identityCenterId: undefined, googleId: undefined }) };
    assert.deepEqual(
      reported({ ...group, google: { accessPolicy: "123456789012" } }).map(
        (line) => line.split(":")[0],
      ),
      ["google.organization", "groups.admins.identityCenterId", "groups.admins.googleId"],
    );
    const byName = { aws: { ...written.aws, users: openId } };
    assert.deepEqual(reported({ ...only({ identityCenterId: undefined }), ...byName }), []);
  });

  for (const [what, group, path] of [
    ["everybody", { who: "*" }, "groups.admins.who"],
    ["a group without an email address", { who: "platform-admins" }, "groups.admins.who"],
    ["a group without targets", { reaches: [] }, "groups.admins.reaches"],
    ["a bastion", { reaches: ["bastion"] }, "groups.admins.reaches[0]"],
    [
      "no device requirement",
      { device: { encrypted: false, screenLock: false, corporateOwned: false } },
      "groups.admins.device",
    ],
  ] as const) {
    test(`${what}, by the schema`, () => {
      const { problems } = checkSpec(peopleSettings, { ...written, ...only(group) }, "people");
      assert.deepEqual(
        problems.map((problem) => problem.path),
        [`people: ${path}`],
      );
    });
  }
});

test("50 dashboards are behind one security group, which has 60 rules", () => {
  const read = (...counts: number[]) => {
    const dashboards = counts.flatMap((count, group) =>
      Array.from({ length: count }, (_, index) => [
        `d${group}-${index}`,
        {
          domain: `d${group}-${index}.acme.example`,
          certificateArn: "arn:aws:acm:us-east-1:111122223333:certificate/a",
          loadBalancerArn: "arn:aws:elasticloadbalancing:us-east-1:111122223333:loadbalancer/app/a",
          securityGroupId: `sg-0${group}`,
        },
      ]),
    );
    const settings = { dashboards: Object.fromEntries(dashboards) };
    return checkSpec(awsCellPeopleSettings, settings, "people").problems.map(
      ({ path, message }) => `${path}: ${message}`,
    );
  };
  assert.deepEqual(read(50, 50), []);
  assert.deepEqual(read(51, 50), [
    "people: dashboards: must have at most 50 dashboards of sg-00, which gets a rule for each: a security group has 60 rules",
  ]);
});
