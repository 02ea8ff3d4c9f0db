// Two environments, or two cells, that would manage one thing or give the same names. Not proven here: that clouds refuse the second
// owner; some accept it, and the first to be destroyed takes what the other needs.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { stringify } from "yaml";
import { cellSections } from "../../../components/sections.ts";
import { ownerProblems } from "../../../footprint/across/owners.ts";
import { plannedNames } from "../../../footprint/across/planned-names.ts";
import { singletonsOf } from "../../../footprint/across/singletons.ts";
import {
  aws,
  type Edit,
  gcp,
  loaded,
  type Manifest,
  onprem,
  refusals,
  set,
} from "../../support/sample.ts";

const account = "111122223333";
const project = "atoll-local";
const other = { account: "444455556666", project: "atoll-other" };

const file = (manifest: Manifest) => stringify({ config: { "atoll:manifest": manifest } });

const environment = (name: string, more: Manifest = {}): Record<string, string> => ({
  [name]: file({
    kind: "environment",
    target: "rehearsal",
    lifetime: "ephemeral",
    owner: "platform",
    costCentre: "platform",
    addressSpace: { supernet: "10.64.0.0/11" },
    ...more,
  }),
});

const awsCell = (stack: string, more: Manifest = {}): Record<string, string> => ({
  [stack]: file({
    kind: "cell",
    environment: stack.split(".")[0],
    cloud: "aws",
    account,
    region: "us-east-1",
    cidr: "10.64.0.0/16",
    cluster: {
      version: "1.35",
      access: {
        admins: { principalArn: `arn:aws:iam::${account}:role/admin`, policy: "cluster-admin" },
      },
    },
    nodePools: {
      system: { class: "system", capacity: "on-demand", size: { min: 3, max: 6 } },
      general: { class: "stateless", capacity: "spot-with-fallback", size: { min: 0, max: 9 } },
    },
    ...more,
  }),
});

const gcpCell = (stack: string, more: Manifest = {}): Record<string, string> => ({
  [stack]: file({
    kind: "cell",
    environment: stack.split(".")[0],
    cloud: "gcp",
    project,
    projectNumber: "123456789012",
    region: "europe-west1",
    cidr: "10.68.0.0/16",
    cluster: { version: "1.35" },
    nodePools: {
      system: { class: "system", capacity: "on-demand", size: { min: 3, max: 6 } },
      general: { class: "stateless", capacity: "spot-with-fallback", size: { min: 0, max: 9 } },
    },
    ...more,
  }),
});

const guest = { accounts: { [account]: { ownsAccount: false } } };
const projectGuest = { projects: { [project]: { ownsProject: false } } };

/** Without the sample, which owns the account and the project. */
const alone = { local: null, [aws]: null, [gcp]: null, [onprem]: null };

/** Checks that these are the only problems, in order. */
function isRefused(
  files: Record<string, Edit | string | null>,
  expected: RegExp[],
  asked = "local",
) {
  const lines = refusals(files, asked);
  assert.equal(lines.length, expected.length, lines.join("\n"));
  for (const [index, pattern] of expected.entries()) assert.match(lines[index]!, pattern);
}

describe("an account of two environments", () => {
  test("has one that manages its account-level services: both are named", () => {
    const files = { ...environment("staging"), ...awsCell("staging.aws-use1") };
    isRefused(files, [
      /^Pulumi\.local\.yaml: audit\.accounts\.111122223333\.ownsAccount: must be false in all environments of the account but one; Pulumi\.staging\.yaml \(audit\.accounts\.111122223333\.ownsAccount\) manages the account-level services of account 111122223333 \(GuardDuty, .*\) too$/,
    ]);
    isRefused(
      files,
      [/^Pulumi\.staging\.yaml: audit\.accounts.*; Pulumi\.local\.yaml \(audit\.accounts/],
      "staging",
    );
    isRefused(files, [/^Pulumi\.staging\.yaml: audit\.accounts/], "staging.aws-use1");
  });

  test("is valid once only one does", () => {
    const files = { ...environment("staging", { audit: guest }), ...awsCell("staging.aws-use1") };
    isRefused(files, []);
    isRefused(files, [], "staging");
  });

  test("is compared with environments of the same target only", () => {
    const real = { ...environment("prod", { target: "cloud" }), ...awsCell("prod.aws-use1") };
    isRefused(real, []);
  });

  test("of which one cannot be read is compared as far as it can", () => {
    const broken = environment("staging", { lifetime: "eternal" });
    isRefused({ ...broken, ...awsCell("staging.aws-use1") }, [/ownsAccount/]);
    isRefused({ staging: "config: [", ...awsCell("staging.aws-use1") }, []);
    isRefused({ ...broken, ...awsCell("staging.aws-use1", { region: "mars-1" }) }, [/ownsAccount/]);
  });

  test("has one OIDC provider for an issuer", () => {
    const main = {
      from: { platform: "github", repository: "a/b", on: { event: "environment", name: "s" } },
      statements: [
        {
          sid: "Assume",
          actions: ["sts:AssumeRole"],
          resources: [`arn:aws:iam::${account}:role/deploy`],
        },
      ],
    };
    const deploying = (more: Manifest) => ({
      ...environment("staging", {
        audit: guest,
        deployers: { accounts: { [account]: { ...more, deployers: { main } } } },
      }),
      ...awsCell("staging.aws-use1"),
    });
    isRefused(deploying({}), [
      /^Pulumi\.local\.yaml: deployers\.accounts\.111122223333\.providers: must be "present" in all environments of the account but one; Pulumi\.staging\.yaml .*the OIDC provider of https:\/\/token\.actions\.githubusercontent\.com in account 111122223333 too$/,
    ]);
    isRefused(deploying({ providers: "present" }), []);
  });

  test("has its cost allocation tags from one", () => {
    const paying = (costAllocationTags: boolean) => ({
      ...environment("staging", {
        audit: guest,
        budget: {
          alerts: { emails: ["a@b.example"] },
          accounts: { [account]: { monthly: { amount: 1 }, costAllocationTags } },
        },
      }),
      ...awsCell("staging.aws-use1"),
    });
    isRefused(paying(true), [
      /costAllocationTags: must be false .* but one; Pulumi\.staging\.yaml/,
    ]);
    isRefused(paying(false), []);
  });
});

describe("a region of an account", () => {
  const blocking = { network: { blockPublicIngress: true } };

  test("has one VPC Block Public Access, of one cell", () => {
    const second = awsCell("local.aws-b", { ...blocking, cidr: "10.44.0.0/16" });
    const files = { [aws]: set("network.blockPublicIngress", true), ...second };
    isRefused(files, [
      /^Pulumi\.local\.aws-use1\.yaml: network\.blockPublicIngress: must be true in one cell only.*; Pulumi\.local\.aws-b\.yaml \(network\.blockPublicIngress\) manages VPC Block Public Access of account 111122223333 in us-east-1 too$/,
    ]);
    isRefused(files, [/^Pulumi\.local\.aws-b\.yaml: network\.blockPublicIngress/], "local.aws-b");
    const elsewhere = awsCell("local.aws-b", {
      ...blocking,
      region: "us-west-2",
      cidr: "10.44.0.0/16",
    });
    const places = set("audit", { accounts: { [account]: { region: "us-east-1" } } });
    isRefused({ ...files, ...elsewhere, local: places }, []);
  });

  test("has it from cells of two environments", () => {
    const files = {
      ...environment("staging", { audit: guest }),
      ...awsCell("staging.aws-use1", blocking),
      [aws]: set("network.blockPublicIngress", true),
    };
    isRefused(files, [/^Pulumi\.local\.aws-use1\.yaml: .*; Pulumi\.staging\.aws-use1\.yaml \(/]);
  });
});

describe("a project of two environments", () => {
  test("has one that configures its data access logs", () => {
    const cell = gcpCell("staging.gcp-euw1");
    isRefused({ ...environment("staging"), ...cell }, [
      /^Pulumi\.local\.yaml: audit\.projects\.atoll-local\.ownsProject: must be false .*; Pulumi\.staging\.yaml /,
    ]);
    isRefused({ ...environment("staging", { audit: projectGuest }), ...cell }, []);
  });

  test("has organisation policies from one", () => {
    const guarded = { ownsProject: false, guardrails: "folders/123456789012" };
    const files = {
      ...environment("staging", { audit: { projects: { [project]: guarded } } }),
      ...gcpCell("staging.gcp-euw1"),
      local: set("audit", { projects: { [project]: { guardrails: guarded.guardrails } } }),
    };
    isRefused(files, [/guardrails: must be omitted in all environments but one; .*folders\/1/]);
  });

  test("has one access binding for a group, in the whole organisation", () => {
    const people = (bindings?: string) => ({
      ...environment("staging", {
        audit: projectGuest,
        people: {
          groups: {
            admins: {
              who: "admins@atoll.example",
              googleId: "01d520gv4vjcrht",
              reaches: ["cluster-api"],
            },
          },
          google: {
            accessPolicy: "123456789012",
            organization: "210987654321",
            ...(bindings && { bindings }),
          },
        },
      }),
      ...gcpCell("staging.gcp-euw1"),
    });
    isRefused(people(), [
      /^Pulumi\.local\.yaml: people\.google\.bindings: must be "present" .*; Pulumi\.staging\.yaml .*group 01d520gv4vjcrht in organisation 210987654321 too$/,
    ]);
    isRefused(people("present"), []);
  });

  test("has one backend service behind a dashboard, and one grant on a bucket that exists", () => {
    const sharing = (stack: string, cidr: string, more: Manifest = {}) =>
      gcpCell(stack, {
        cidr,
        people: { dashboards: { grafana: { backendService: "grafana" } } },
        objectStore: { buckets: { exports: { existing: { name: "acme-exports" } } } },
        identity: {
          workloads: {
            export: {
              namespace: "shop",
              serviceAccount: "export",
              grants: [{ kind: "bucket", name: "exports", may: ["read"] }],
              ...more,
            },
          },
        },
      });
    const files = {
      ...environment("staging", { audit: projectGuest }),
      ...sharing("staging.one", "10.64.0.0/16"),
      ...sharing("staging.two", "10.65.0.0/16"),
    };
    isRefused(
      files,
      [
        /two\.yaml: identity\.workloads\.export: must have "account: true".*; Pulumi\.staging\.one\.yaml \(identity\.workloads\.export\) manages the grant on bucket acme-exports to shop\/export of project atoll-local too$/,
        /two\.yaml: people\.dashboards\.grafana\.backendService: .*; Pulumi\.staging\.one\.yaml/,
      ],
      "staging",
    );
    const cured = sharing("staging.two", "10.65.0.0/16", { account: true });
    isRefused({ ...files, ...cured }, [/backendService/], "staging");
  });
});

test("a site's cluster belongs to one cell", () => {
  isRefused(
    {
      ...environment("staging", { audit: { ...guest, ...projectGuest } }),
      ...gcpCell("staging.gcp-euw1"),
      "staging.onprem-sel": file({
        kind: "cell",
        environment: "staging",
        cloud: "onprem",
        site: "Seoul",
        cidr: "10.72.0.0/16",
        cluster: { version: "1.35", kubeconfig: { configKey: "kubeconfig" } },
        nodePools: {
          system: {
            class: "system",
            capacity: "on-demand",
            nodes: ["a", "b", "c"],
            size: { min: 3, max: 3 },
          },
        },
        identity: { issuer: "https://oidc.seoul.example/" },
      }),
    },
    [/onprem-sel\.yaml: identity\.issuer: .*; Pulumi\.staging\.onprem-sel\.yaml/],
  );
});

describe("physical names", () => {
  const where = /in account 111122223333, such as "[a-z0-9-]+"/;

  test("of prod-eu and a are those of prod and eu-a", () => {
    const files = {
      ...alone,
      ...environment("prod-eu"),
      ...awsCell("prod-eu.a"),
      ...environment("prod", { audit: guest }),
      ...awsCell("prod.eu-a"),
    };
    for (const asked of ["prod", "prod-eu", "prod.eu-a", "prod-eu.a"]) {
      const [problem = "", ...more] = refusals(files, asked);
      assert.deepEqual(more, []);
      assert.match(problem, where);
      assert.match(problem, /Pulumi\.prod-eu\.a\.yaml/);
      assert.match(problem, /Pulumi\.prod\.eu-a\.yaml/);
    }
    // In an account of their own they are not the same.
    const apart = awsCell("prod.eu-a", { account: other.account });
    isRefused({ ...files, ...environment("prod"), ...apart }, [], "prod");
  });

  test("of a cell called audit are those of the environment's audit buckets", () => {
    const store = { objectStore: { buckets: { config: {} } } };
    const cell = awsCell("local.audit", { cidr: "10.44.0.0/16", ...store });
    isRefused({ ...cell }, [
      /must not give the same physical names as Pulumi\.local\.(audit\.)?yaml.*"local-audit-(access-logs|config)-111122223333"/,
    ]);
    // Without buckets there is nothing in common.
    isRefused(awsCell("local.audit", { cidr: "10.44.0.0/16" }), []);
  });

  test("of two cells run together where one's key begins with the rest of the other's name", () => {
    const buckets = (...keys: string[]) => ({
      objectStore: { buckets: Object.fromEntries(keys.map((key) => [key, {}])) },
    });
    const pair = (key: string) => ({
      ...alone,
      ...environment("prod"),
      ...awsCell("prod.eu", buckets(key)),
      ...awsCell("prod.eu-a", { cidr: "10.65.0.0/16", ...buckets("uploads") }),
    });
    isRefused(
      pair("a-uploads"),
      [
        /eu-a\.yaml: objectStore\.buckets\.uploads: .*Pulumi\.prod\.eu\.yaml \(objectStore\.buckets\.a-uploads\)/,
      ],
      "prod",
    );
    isRefused(pair("a-other"), [], "prod");
  });

  test("of a cell's own resources run together", () => {
    const cell = gcpCell("prod.gcp", {
      stream: { administrators: [], topics: {}, clients: { app: {} } },
      identity: {
        workloads: { "kafka-app": { namespace: "a", serviceAccount: "b", account: true } },
      },
    });
    const found = refusals({ ...environment("prod"), ...cell }, "prod").join("\n");
    assert.match(found, /same physical names as .*\(stream\.clients\.app\).*"prod-gcp-kafka-app"/);
  });

  test("of Google's endpoints have no hyphens", () => {
    const files = {
      ...alone,
      ...environment("prod"),
      ...gcpCell("prod.eu-a", { cidr: "10.64.0.0/16" }),
      ...gcpCell("prod.eua", { cidr: "10.65.0.0/16" }),
    };
    isRefused(files, [/"prodeuaapis"/], "prod");
  });
});

test("a client domain leads to one access endpoint, and a fleet has one membership of a name", () => {
  const identityCenterId = "c242c5b0-6081-4845-8fa8-6e0d9513c107";
  const devices = { type: "jamf", tenantId: "atoll" };
  const reaching = (clientDomain: string) => ({
    ...environment("staging", {
      audit: guest,
      people: {
        groups: { admins: { who: "a@atoll.example", identityCenterId, reaches: ["cluster-api"] } },
        aws: { users: { type: "identity-center" }, devices, clientDomain },
      },
    }),
    ...awsCell("staging.aws-use1"),
  });
  isRefused(reaching("clients.atoll.example"), [
    /^Pulumi\.local\.yaml: people\.aws\.clientDomain: .*; Pulumi\.staging\.yaml .*aws-111122223333-us-east-1\.clients\.atoll\.example too$/,
  ]);
  isRefused(reaching("staging.atoll.example"), []);
  const fleet = { project, membership: "seoul", issuer: "https://oidc.seoul.example" };
  const { cells, environment: sections } = loaded({});
  const twins = cells.flatMap((cell) =>
    cell.cloud === "onprem"
      ? ["one", "two"].map((name) => ({
          ...cell,
          name,
          stack: `local.${name}`,
          sections: { cluster: { ...cell.sections.cluster, fleet } },
        }))
      : [],
  );
  const declared = singletonsOf({ name: "local", sections, cells: twins }, cellSections);
  assert.deepEqual(
    ownerProblems(declared, [], "local").map(({ path }) => path),
    ["Pulumi.local.two.yaml: cluster.fleet.membership"],
  );
});

test("copies have names in the account that they are made in", () => {
  const sample = loaded({});
  const cells = sample.cells.flatMap((cell) =>
    cell.cloud === "aws" ? [cell, { ...cell, name: "there", account: other.account }] : [],
  );
  const [source] = cells;
  assert.ok(source);
  const sections = {
    ...source.sections,
    database: { replicateTo: { cell: "there" } },
    stream: { replicateTo: { cell: "there" } },
  };
  const read = {
    name: "local",
    sections: sample.environment,
    cells: [{ ...source, sections }, ...cells],
  };
  const owners = plannedNames(read, cellSections)
    .filter(({ parts }) => /-copy/.test(parts.at(-1) ?? ""))
    .map(({ parts, owner }) => [parts.at(-1), owner]);
  assert.deepEqual(owners, [
    ["stream-copy-out", "account 444455556666"],
    ["database-copy", "account 444455556666"],
  ]);
});

test("environments on one hub of Google have different addresses", () => {
  const hub = "projects/acme-net/locations/global/hubs/main";
  const joined = (supernet: string) => ({
    ...environment("staging", {
      audit: projectGuest,
      addressSpace: { supernet },
      connectivity: { reachability: [], existing: { googleHub: hub } },
    }),
    ...gcpCell("staging.gcp-euw1", { cidr: "10.36.0.0/16" }),
    local: set("connectivity.existing", { googleHub: hub }),
  });
  isRefused(joined("10.36.0.0/14"), [
    /^Pulumi\.local\.yaml: addressSpace\.supernet: must not overlap 10\.36\.0\.0\/14 of Pulumi\.staging\.yaml/,
  ]);
  isRefused(joined("10.64.0.0/11"), []);
});

test("cells of one environment in one account and project are valid", () => {
  const files = {
    ...alone,
    ...environment("prod"),
    ...awsCell("prod.aws-use1"),
    ...awsCell("prod.aws-use1b", { cidr: "10.65.0.0/16" }),
    ...gcpCell("prod.gcp-euw1"),
    ...gcpCell("prod.gcp-euw1b", { cidr: "10.69.0.0/16" }),
  };
  isRefused(files, [], "prod");
  isRefused({}, [], "local");
  assert.deepEqual(
    [gcp, onprem].map((stack) => refusals({}, stack)),
    [[], []],
  );
});
