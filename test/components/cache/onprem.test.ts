// What is registered with the engine, and the values of valkey-io's chart 0.11.0. Does not prove what the chart creates.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as kubernetes from "@pulumi/kubernetes";
import { OnpremCache } from "../../../components/cache/onprem.ts";
import { checkKubernetes } from "../../../simulator/schema/index.ts";
import { refusals } from "../../support/accepted.ts";
import { onpremOwnership } from "../../support/data-args.ts";
import { counts, inventory, only } from "../../support/inventory.ts";
import { onpremSpec } from "./fixture.ts";

type Spec = ConstructorParameters<typeof OnpremCache>[1]["spec"];

const build = (changes: Partial<Spec> = {}, retain = true) =>
  inventory(() => {
    const provider = new kubernetes.Provider("site", { kubeconfig: "apiVersion: v1" });
    return new OnpremCache("cache", {
      ownership: onpremOwnership,
      retain,
      spec: { ...onpremSpec, ...changes },
      cluster: { provider },
    });
  });

const releaseType = "kubernetes:helm.sh/v3:Release";

describe("what a cache on premises registers", async () => {
  const all = await build();
  const release = only(all, releaseType);
  const values = release.inputs.values as Record<string, Record<string, unknown>>;

  test("a namespace with its policies, a certificate and the chart", () => {
    assert.deepEqual(counts(all), {
      "atoll:cache:IsolatedNamespace": 1,
      "atoll:cache:OnpremCache": 1,
      "kubernetes:cert-manager.io/v1:Certificate": 1,
      "kubernetes:core/v1:Namespace": 1,
      [releaseType]: 1,
      "kubernetes:networking.k8s.io/v1:NetworkPolicy": 3,
      "pulumi:providers:kubernetes": 1,
    });
  });

  test("an API server accepts its objects, and the provider its release", () => {
    const objects = all.filter(
      ({ type }) => type.startsWith("kubernetes:") && type !== releaseType,
    );
    assert.deepEqual(
      objects.flatMap(({ inputs }) => checkKubernetes(inputs)),
      [],
    );
    assert.deepEqual(refusals([release]), []);
  });

  test("chart and image are pinned", () => {
    assert.deepEqual([release.inputs.chart, release.inputs.version], ["valkey", "0.11.0"]);
    assert.deepEqual(values.image, { tag: "8.1.9" });
  });

  test("TLS is required, with a certificate for services and pods", () => {
    assert.deepEqual(values.tls, {
      enabled: true,
      existingSecret: "prod-onprem-sel-cache-tls",
      serverPublicKey: "tls.crt",
      serverKey: "tls.key",
      caPublicKey: "ca.crt",
    });
    const { spec } = only(all, "kubernetes:cert-manager.io/v1:Certificate").inputs as {
      spec: { dnsNames: string[]; issuerRef: unknown };
    };
    assert.ok(spec.dnsNames.includes("*.prod-onprem-sel-cache-headless.cache.svc.cluster.local"));
    assert.deepEqual(spec.issuerRef, {
      group: "cert-manager.io",
      kind: "ClusterIssuer",
      name: "site-ca",
    });
  });

  test("unauthenticated clients have no permissions, and replicas may only replicate", () => {
    assert.deepEqual(values.auth?.aclUsers, {
      default: { permissions: "-@all" },
      replication: { permissions: "-@all +psync +replconf +ping" },
      app: {
        permissions:
          "~* -@all +@connection +cluster|shards +cluster|slots +@read +@write +@transaction +@scripting -@dangerous",
      },
    });
    assert.equal(values.auth?.usersExistingSecret, "cache-users");
  });

  test("it evicts before it is out of memory, and a permanent one is retained", () => {
    assert.match(String(values.valkeyConfig), /^maxmemory 3gb\nmaxmemory-policy volatile-lru\n/);
    assert.deepEqual(values.resources, {
      requests: { cpu: "1", memory: "4Gi" },
      limits: { cpu: "1", memory: "4Gi" },
    });
    assert.deepEqual([release.protect, release.retainOnDelete], [true, true]);
  });
});

describe("what settings of a cache on premises change", () => {
  test("named namespaces may connect, and an ephemeral one can be destroyed at once", async () => {
    const all = await build({ clientNamespaces: ["orders"], version: "9" }, false);
    const clients = only(
      all,
      "kubernetes:networking.k8s.io/v1:NetworkPolicy",
      "cache-namespace-clients",
    );
    assert.match(JSON.stringify(clients.inputs.spec), /"values":\["orders"\].*"port":6379/);
    assert.ok(all.every(({ protect, retainOnDelete }) => !protect && !retainOnDelete));
    const values = only(all, releaseType).inputs.values as { image: { tag: string } };
    assert.equal(values.image.tag, "9.1.1");
  });
});
