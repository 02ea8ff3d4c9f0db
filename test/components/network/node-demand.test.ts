// Addresses for the nodes of a cell, as manifests are read. That nodes of a cloud take exactly these is known from the listed sources.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { awsNetworkProblems } from "../../../components/network/aws-existing-checks.ts";
import { gcpNetworkProblems } from "../../../components/network/gcp-existing-checks.ts";
import {
  awsDemand,
  gcpDemand,
  gcpRoom,
  nodeProblems,
  siteNodeProblems,
} from "../../../components/network/node-demand.ts";
import { gcpNetworkSchema } from "../../../components/network/schema.ts";
import { all, aws, type Edit, gcp, loaded, onprem, refusals, set } from "../../support/sample.ts";
import * as awsExisting from "./aws-existing-fixture.ts";
import * as gcpExisting from "./gcp-existing-fixture.ts";

const pools = (...sizes: number[]) =>
  Object.fromEntries(
    sizes.map((max, index) => [`p${index}`, { class: "stateless", size: { max } }]),
  );
const said = (problems: readonly { path: string; message: string }[]) =>
  problems.map(({ path, message }) => `${path}: ${message}`).join("\n");

const pool = (cls: string, max: number) => ({
  class: cls,
  capacity: "on-demand",
  size: { min: cls === "system" ? 1 : 0, max },
});
const only = (system: number, web: number) =>
  set("nodePools", { system: pool("system", system), web: pool("stateless", web) });

describe("a GCP cell", () => {
  const small = (system: number, web: number) =>
    refusals({ [gcp]: all(set("cidr", "10.36.0.0/20"), only(system, web)) }, gcp).join("\n");

  test("of /20 has 15 nodes, and one for upgrades", () => {
    assert.equal(small(5, 10), "");
    assert.match(
      small(5, 11),
      /gcp-euw1\.yaml: nodePools: must have at most 15 nodes, the sum of size\.max over all GKE node pools: addresses in 10\.36\.0\.0\/20 are enough for 16, of which upgrades take 1; for more, a \/19 is needed \(got 16\)/,
    );
    assert.match(small(5, 255), /at most 15 nodes.*a \/15 is needed/);
  });

  test("counts every GKE node pool, which grows by itself", () => {
    const spot = (max: number) =>
      set("nodePools", {
        system: pool("system", 3),
        web: { ...pool("stateless", max), capacity: "spot-with-fallback" },
      });
    const read = (max: number) =>
      refusals({ [gcp]: all(set("cidr", "10.36.0.0/20"), spot(max)) }, gcp).join("\n");
    assert.equal(read(4), "");
    assert.match(read(5), /at most 15 nodes.*\(got 18\)/);
  });

  test("has the nodes of its plan in a block of every size", () => {
    fc.assert(
      fc.property(fc.integer({ min: 11, max: 20 }), (prefix) => {
        const spec = gcpNetworkSchema.parse({
          cloud: "gcp",
          project: "acme-test",
          region: "europe-west1",
          cidr: `10.32.0.0/${prefix}`,
        });
        const most = 2 ** (24 - prefix) - 1;
        assert.deepEqual(nodeProblems(gcpDemand([{ max: most }]), gcpRoom(spec)), []);
        assert.equal(nodeProblems(gcpDemand([{ max: most }, { max: 1 }]), gcpRoom(spec)).length, 1);
      }),
    );
  });
});

describe("an AWS cell", () => {
  const small = (system: number, web: number) =>
    refusals({ [aws]: all(set("cidr", "10.32.0.0/21"), only(system, web)) }, aws).join("\n");

  test("of /21 has 12 nodes in three zones, and 6 for upgrades", () => {
    assert.equal(small(3, 9), "");
    assert.match(
      small(3, 10),
      /aws-use1\.yaml: nodePools: must have at most 12 nodes, the sum of size\.max: addresses in 10\.32\.0\.0\/21 are enough for 18, of which upgrades take 6; for more, a \/20 is needed \(got 13\)/,
    );
    assert.match(small(3, 400), /a \/16 is needed/);
    assert.match(small(3, 1000), /for more, no larger block is possible/);
  });

  test("needs more for upgrades of a large group than twice the number of zones", () => {
    const system = (max: number) => ({ system: { class: "system", size: { max } } });
    assert.equal(awsDemand(system(18), 3).upgrades, 6);
    assert.equal(awsDemand(system(19), 3).upgrades, 7);
    assert.equal(awsDemand(pools(19), 3).upgrades, 0);
  });
});

describe("a site", () => {
  const site = {
    cidr: "10.40.0.0/16",
    nodeCidr: "10.40.0.0/28",
    podCidr: "10.244.0.0/22",
    egress: { allow: [], to: {} },
  };

  test("has addresses for its nodes and their pods", () => {
    assert.deepEqual(
      siteNodeProblems(14, site).map(({ path }) => path),
      [],
    );
    assert.match(
      said(siteNodeProblems(15, site)),
      /^network\.nodeCidr: must be a \/27 at least: nodePools has 15 nodes, and this range has addresses of 14$/,
    );
    assert.match(
      said(siteNodeProblems(17, { ...site, nodeCidr: undefined })),
      /^network\.podCidr: must be a \/21 at least: nodePools has 17 nodes/,
    );
  });

  test("gives its cluster the range that its nodes are compared with", () => {
    const range = (edit?: Edit) => {
      const { cells } = loaded(edit ? { [onprem]: edit } : {}, onprem);
      const specs = cells.map((cell) => cell.specs);
      return specs.flatMap((each) => (each.cloud === "onprem" ? each.cluster.podCidr : []));
    };
    assert.deepEqual(range(), ["10.40.0.0/17"]);
    assert.deepEqual(range(set("network", { podCidr: "10.244.0.0/16" })), ["10.244.0.0/16"]);
  });

  test("is refused when its manifest is read", () => {
    const nodeCidr = set("network", { nodeCidr: "10.40.0.0/30" });
    assert.match(
      refusals({ [onprem]: nodeCidr }, onprem).join(),
      /network\.nodeCidr: must be a \//,
    );
  });
});

describe("an existing network", () => {
  test("on Google Cloud limits nodes by its pod range and its primary range", () => {
    const problems = (pods: string, cidr: string, nodes: number) => {
      const { network, subnetwork } = gcpExisting.suitableFacts;
      const ranges = { ...subnetwork.facts.ranges, pods };
      const facts = { network, subnetwork: { facts: { ...subnetwork.facts, cidr, ranges } } };
      return said(gcpNetworkProblems(gcpExisting.spec, facts, gcpDemand([{ max: nodes }])));
    };
    assert.equal(problems("10.36.0.0/21", "10.36.128.0/24", 15), "");
    assert.equal(
      problems("10.36.0.0/21", "10.36.128.0/24", 16),
      "nodePools: must have at most 15 nodes, the sum of size.max over all GKE node pools: addresses in nodes with pods are enough for 16, of which upgrades take 1",
    );
    assert.equal(problems("10.36.0.0/17", "10.36.128.0/24", 235), "");
    assert.match(problems("10.36.0.0/17", "10.36.128.0/24", 236), /at most 235 nodes/);
  });

  test("on AWS limits nodes by its private subnets", () => {
    const problems = (prefix: number, nodes: number) => {
      const facts = awsExisting.suitableFacts();
      for (const { private: id } of Object.values(awsExisting.existing.subnets)) {
        const found = facts.subnets[id]!;
        assert.ok("facts" in found);
        const cidr = found.facts.cidr.replace(/\d+$/, String(prefix));
        Object.assign(found.facts, { cidr });
      }
      return said(awsNetworkProblems(awsExisting.spec, facts, awsDemand(pools(nodes), 2)));
    };
    assert.equal(problems(24, 12), "");
    assert.equal(
      problems(24, 13),
      "nodePools: must have at most 12 nodes, the sum of size.max: addresses in the private subnets are enough for 12",
    );
  });

  test("is limited by the cell's block when its manifest is read", () => {
    const existing = { network: "prod", subnetwork: "nodes", podRange: "p", serviceRange: "s" };
    const read = (web: number) =>
      refusals(
        {
          [gcp]: all(set("cidr", "10.36.0.0/20"), set("network", { existing }), only(5, web)),
        },
        gcp,
      ).join("\n");
    assert.equal(read(26), "");
    assert.match(read(27), /nodePools: must have at most 31 nodes.*are enough for 32/);
  });
});
