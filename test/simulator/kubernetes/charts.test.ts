// What releases of charts install, and which values charts know. Charts are not rendered.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { checkChartValues } from "../../../simulator/kubernetes/chart-values.ts";
import { chartsThatServe, servedByRelease } from "../../../simulator/kubernetes/charts.ts";
import { releaseState } from "../../../simulator/kubernetes/release.ts";
import { releases } from "../schema/custom-objects.ts";

const serves = (chart: string, version: string | undefined, values: object = {}): string[] =>
  servedByRelease({ chart, version, values })
    .map(({ apiVersion }) => apiVersion)
    .sort();

describe("definitions of a release", () => {
  test("depend on the chart's version, at both ends", () => {
    const strimzi = (version?: string) => serves("strimzi-kafka-operator", version);
    assert.deepEqual(strimzi("0.48.0"), ["core.strimzi.io/v1beta2", "kafka.strimzi.io/v1beta2"]);
    assert.equal(strimzi("0.51.0").length, 4);
    for (const version of ["1.0.0", "1.2.0", undefined])
      assert.deepEqual(strimzi(version), ["core.strimzi.io/v1", "kafka.strimzi.io/v1"]);
    assert.deepEqual(serves("kube-prometheus-stack", "88.5.3"), [
      "monitoring.coreos.com/v1",
      "monitoring.coreos.com/v1alpha1",
    ]);
    const policies = (version: string) =>
      serves("kyverno", version).filter((one) => one.startsWith("policies."));
    assert.deepEqual(policies("3.4.0"), []);
    assert.deepEqual(policies("3.5.0"), ["policies.kyverno.io/v1alpha1"]);
    assert.deepEqual(policies("3.6.1"), [
      "policies.kyverno.io/v1alpha1",
      "policies.kyverno.io/v1beta1",
    ]);
    assert.ok(policies("3.7.0").includes("policies.kyverno.io/v1"));
    assert.deepEqual(serves("opentelemetry-operator", "0.59.2"), ["opentelemetry.io/v1alpha1"]);
    assert.equal(serves("opentelemetry-operator", "0.60.0").length, 2);
    assert.deepEqual(serves("velero", "5.0.2"), ["velero.io/v1"]);
    assert.deepEqual(serves("velero", "5.1.0"), ["velero.io/v1", "velero.io/v2alpha1"]);
  });

  test("depend on values", () => {
    const both = ["acme.cert-manager.io/v1", "cert-manager.io/v1"];
    const crds = { crds: { enabled: true } };
    assert.deepEqual(serves("cert-manager", "v1.14.5", crds), []);
    assert.deepEqual(serves("cert-manager", "v1.14.5", { installCRDs: true }), both);
    assert.deepEqual(serves("cert-manager", "v1.15.0", crds), both);
    assert.deepEqual(serves("cert-manager", "v1.21.1"), []);
    assert.deepEqual(serves("gateway-crds-helm", "v1.9.0"), []);
    assert.deepEqual(
      serves("gateway-crds-helm", "v1.9.0", { crds: { envoyGateway: { enabled: true } } }),
      ["gateway.envoyproxy.io/v1alpha1"],
    );
    const off = { crds: { createClusterSecretStore: false } };
    const [first] = servedByRelease({ chart: "external-secrets", version: "2.6.0", values: off });
    assert.deepEqual(first?.kinds, ["ClusterExternalSecret", "ExternalSecret", "SecretStore"]);
  });

  test("are those of the chart's own project", () => {
    const [argo] = servedByRelease({ chart: "argo-cd", version: "10.1.1", values: {} });
    assert.deepEqual(argo?.kinds, ["AppProject", "Application", "ApplicationSet"]);
    assert.deepEqual(chartsThatServe("argoproj.io/v1alpha1", "Rollout"), ["argo-rollouts"]);
    assert.deepEqual(chartsThatServe("kafka.strimzi.io/v1beta2", "Kafka"), [
      "strimzi-kafka-operator before 1.0.0",
    ]);
  });
});

describe("a release", () => {
  const versions = (chart: string, version?: string) => {
    const { status } = releaseState({ chart, version, name: "r", namespace: "n" }, undefined);
    const { appVersion, version: installed } = status as Record<string, unknown>;
    return [installed, appVersion];
  };
  test("reports the application's version, not the chart's", () => {
    assert.deepEqual(versions("cloudnative-pg", "0.29.0"), ["0.29.0", "1.30.0"]);
    assert.deepEqual(versions("plugin-barman-cloud", "0.7.0"), ["0.7.0", "v0.13.0"]);
    assert.deepEqual(versions("valkey", "0.11.0"), ["0.11.0", "9.1.1"]);
    assert.deepEqual(versions("external-secrets", "2.6.0"), ["2.6.0", "v2.6.0"]);
    assert.deepEqual(versions("oci://public.ecr.aws/karpenter/karpenter", "1.14.1"), [
      "1.14.1",
      "1.14.1",
    ]);
    assert.deepEqual(versions("strimzi-kafka-operator"), ["1.2.0", "1.2.0"]);
    assert.deepEqual(versions("cloudnative-pg", "0.20.0"), ["0.20.0", ""]);
    assert.deepEqual(versions("somebody/else", "3.1.4"), ["3.1.4", ""]);
  });
});

describe("values of a release", () => {
  const problems = (chart: string, values: object): string[] =>
    checkChartValues({ chart, values }).map(({ property, reason }) => `${property}: ${reason}`);

  test("must be known to the chart", () => {
    assert.deepEqual(
      problems("strimzi-kafka-operator", { watchAnyNamespaces: true, replicas: 2 }),
      [
        'values.watchAnyNamespaces: the chart has no such value and ignores it, did you mean "watchAnyNamespace"?',
      ],
    );
    assert.deepEqual(
      problems("oci://public.ecr.aws/karpenter/karpenter", { settings: { clusterNam: "a" } }),
      [
        'values.settings.clusterNam: the chart has no such value and ignores it, did you mean "clusterName"?',
      ],
    );
    assert.match(
      problems("cloudnative-pg", { monitoring: { podMonitorEnable: true } }).join(),
      /did you mean "podMonitorEnabled"/,
    );
    assert.match(problems("istiod", { autoscaleEnable: true }).join(), /autoscaleEnabled/);
  });

  test("may be anything in maps, in objects of Kubernetes and in charts without facts", () => {
    assert.deepEqual(
      problems("cert-manager", {
        nodeSelector: { "kubernetes.io/os": "linux", pool: "a" },
        resources: { requests: { cpu: "1" } },
        podLabels: { a: "b" },
        extraArgs: ["--v=2"],
      }),
      [],
    );
    assert.deepEqual(
      problems("argo-cd", { configs: { cm: { "oidc.config": "x", url: "y" } } }),
      [],
    );
    assert.deepEqual(problems("somebody/else", { any: { thing: 1 } }), []);
  });

  test("of a dependency are those of its chart", () => {
    const stack = (values: object) => problems("kube-prometheus-stack", values);
    assert.deepEqual(stack({ grafana: { replicas: 2, enabled: true } }), []);
    assert.match(stack({ grafana: { replica: 2 } }).join(), /grafana.replica: .* "replicas"/);
    assert.deepEqual(problems("argo-cd", { "redis-ha": { any: 1 } }), []);
  });

  test("of the components are all known", async () => {
    const all = (await releases()) as { chart: string; values?: object }[];
    const charts = all.map(({ chart }) => chart.split("/").at(-1)).sort();
    assert.deepEqual(charts, [
      "cloudnative-pg",
      "external-secrets",
      "karpenter",
      "karpenter-crd",
      "plugin-barman-cloud",
      "strimzi-kafka-operator",
      "valkey",
    ]);
    assert.deepEqual(
      all.flatMap(({ chart, values }) => problems(chart, values ?? {})),
      [],
    );
    for (const { chart, values } of all)
      assert.equal(problems(chart, { ...values, surprise: 1 }).length, 1, chart);
  });
});
