// Parts of the oracle, and its result for many tenants. What these tests cannot prove: how long it takes; docs/isolation.md has figures.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { parseAcl } from "../../../operations/isolation/cache-acl.ts";
import { contains, intersects, matches } from "../../../operations/isolation/glob.ts";
import { namesIn } from "../../../operations/isolation/google/conditions.ts";
import { isMet } from "../../../operations/isolation/iam/statements.ts";
import { namesText, pairsOf, pathText } from "../../../operations/isolation/matrix.ts";
import type { IsolationResource } from "../../../operations/isolation/model.ts";
import { judge } from "../../../operations/isolation/oracle.ts";
import { podAddresses } from "../../../operations/isolation/pod-addresses.ts";
import { cellWith } from "./fixture/cell.ts";
import { object, resource } from "./fixture/resource.ts";

describe("patterns", () => {
  const cases: readonly (readonly [string, string, boolean, boolean])[] = [
    // A pattern, another one, whether they meet, whether the first contains the second.
    ["acme.*", "acme2.*", false, false],
    ["acme*", "acme2.*", true, true],
    ["acme2.*", "acme*", true, false],
    ["*", "x", true, true],
    ["a*c", "ab*", true, false],
    ["a?c", "abc", true, true],
    ["abc", "a?c", true, false],
    ["a*", "*b", true, false],
    ["a*x", "b*x", false, false],
    ["", "", true, true],
  ];
  for (const [one, other, meet, contained] of cases) {
    test(`${one} and ${other}`, () => {
      assert.equal(intersects(one, other), meet);
      assert.equal(contains(one, other), contained);
    });
  }

  test("that match one text meet, and what one contains matches it", () => {
    const pattern = fc.stringMatching(/^[ab*?]{0,6}$/);
    const text = fc.stringMatching(/^[ab]{0,6}$/);
    fc.assert(
      fc.property(pattern, pattern, text, (one, other, word) => {
        if (matches(one, word) && matches(other, word)) assert.ok(intersects(one, other));
        if (contains(one, other) && matches(other, word)) assert.ok(matches(one, word));
      }),
      { numRuns: 2000, seed: 3 },
    );
  });
});

describe("access control lists of Valkey", () => {
  const keyspace = ["scan", "randomkey", "keys", "flushall", "flushdb"];
  const dangerous = (text: string) =>
    parseAcl(text).dangerous.filter((name) => keyspace.includes(name));

  test("apply from left to right", () => {
    assert.deepEqual(dangerous("on ~a:* +@all -@dangerous").sort(), ["randomkey", "scan"]);
    assert.deepEqual(dangerous("on ~a:* -@dangerous +@all").sort(), [...keyspace].sort());
    assert.deepEqual(dangerous("on ~a:* +@read -@dangerous -scan -randomkey"), []);
  });

  test("have patterns of keys in all of their forms, also in selectors", () => {
    const { keys, channels } = parseAcl("on ~a:* %R~b:* &c:* (%RW~d[12]* +get) -@all");
    assert.deepEqual([...keys].sort(), ["a:*", "b:*", "d?*"]);
    assert.deepEqual(channels, ["c:*"]);
    assert.deepEqual(parseAcl("on allkeys resetkeys ~x").keys, ["x"]);
    assert.deepEqual(parseAcl("on ~* allchannels reset").keys, []);
  });
});

describe("conditions", () => {
  test("of Google Cloud limit names, unless one part allows everything", () => {
    assert.deepEqual(namesIn('resource.name == "a"'), ["a"]);
    assert.deepEqual(namesIn('(resource.type == "x" && resource.name.startsWith("b/"))'), ["b/*"]);
    assert.deepEqual(namesIn('resource.name == "a" || resource.name == "b"'), ["a", "b"]);
    assert.equal(namesIn('resource.name == "a" || resource.type == "x"'), undefined);
    assert.equal(namesIn('!resource.name.startsWith("a")'), undefined);
    // An operator inside of quotes is text.
    assert.deepEqual(namesIn('resource.name == "a || b"'), ["a || b"]);
  });

  test("of AWS are met, not met, or not known", () => {
    const session = {
      known: new Map([["aws:principaltag/team", "acme"]]),
      absent: ["aws:principaltag/"],
    };
    const met = (operator: string, key: string, ...values: string[]) =>
      isMet({ operator, key, values }, session);
    assert.equal(met("StringEquals", "aws:principaltag/team", "acme", "x"), true);
    assert.equal(met("StringEquals", "aws:principaltag/team", "x"), false);
    assert.equal(met("StringLike", "aws:principaltag/team", "ac*"), true);
    assert.equal(met("StringNotLike", "aws:principaltag/team", "ac*"), false);
    // A key that is absent meets only negated conditions.
    assert.equal(met("StringEquals", "aws:principaltag/other", "x"), false);
    assert.equal(met("StringNotEquals", "aws:principaltag/other", "x"), true);
    assert.equal(met("StringEqualsIfExists", "aws:principaltag/other", "x"), true);
    assert.equal(met("StringEquals", "aws:sourcevpce", "vpce-1"), undefined);
    assert.equal(met("Null", "aws:principaltag/team", "true"), false);
  });
});

describe("addresses of pods", () => {
  const subnet = (id: string, cidrBlock: string) =>
    resource(undefined, "aws:ec2/subnet:Subnet", id, { cidrBlock }, { id });

  test("are those of subnets that data services do not have for themselves", () => {
    const resources = [
      subnet("private", "10.0.0.0/20"),
      subnet("isolated", "10.0.16.0/20"),
      resource(undefined, "aws:rds/subnetGroup:SubnetGroup", "db", { subnetIds: ["isolated"] }),
    ];
    assert.deepEqual(podAddresses("10.0.0.0/16", resources), ["10.0.0.0/20"]);
  });

  test("are the secondary ranges on Google Cloud, and else the whole cell", () => {
    const resources = [
      resource(undefined, "gcp:compute/subnetwork:Subnetwork", "nodes", {
        ipCidrRange: "10.0.0.0/20",
        secondaryIpRanges: [{ rangeName: "pods", ipCidrRange: "10.0.128.0/17" }],
      }),
    ];
    assert.deepEqual(podAddresses("10.0.0.0/16", resources), ["10.0.128.0/17"]);
    assert.deepEqual(podAddresses("10.0.0.0/16", []), ["10.0.0.0/16"]);
  });
});

describe("many tenants", () => {
  const ids = Array.from({ length: 150 }, (_, index) => `t${String(index).padStart(3, "0")}x`);

  test("with the same mistake are one path, of every ordered pair", async () => {
    const one = await cellWith(["zzz"]);
    const resources = [
      ...one.resources.filter(({ tenant }) => tenant === undefined),
      ...ids.flatMap((id) =>
        one.resources
          .filter(({ tenant }) => tenant !== undefined)
          .map(
            (each): IsolationResource =>
              JSON.parse(JSON.stringify(each).replaceAll("zzz", id)) as IsolationResource,
          ),
      ),
    ];
    const cell = { ...one, tenants: ids, resources };
    assert.deepEqual(judge(cell).paths, []);
    const store = object(undefined, "external-secrets.io", "ClusterSecretStore", "", "open", {
      spec: { provider: {} },
    });
    const everybody = object(
      undefined,
      "rbac.authorization.k8s.io",
      "ClusterRoleBinding",
      "",
      "everybody",
      {
        roleRef: { kind: "ClusterRole", name: "view" },
        subjects: [{ kind: "Group", name: "system:serviceaccounts" }],
      },
    );
    const verdict = judge({ ...cell, resources: [...resources, store, everybody] });
    assert.deepEqual(
      verdict.paths.map(({ plane, from, to }) => [plane, from.length, to.length]),
      [
        ["rbac", 150, 151],
        ["secret-stores", 150, 1],
      ],
    );
    assert.deepEqual(pairsOf(verdict), { all: 22_500, open: 22_500 });
    const [first = ""] = verdict.paths.map(pathText);
    assert.match(
      first,
      /^t000x \(and 149 more in the same way\) reaches the cell, t001x, t002x and 147 more:/,
    );
  });

  test("are named up to a limit", () => {
    assert.equal(namesText(["b"]), "b");
    assert.equal(namesText(["b", "(cell)"]), "the cell and b");
    assert.equal(namesText(["a", "b", "c", "d"]), "a, b, c and 1 more");
  });
});
