/** The keys of charts' values: imported from a folder of facts with `--kubernetes DIR`, and kept as they are by later runs. */
import { mkdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { ChartFile, Keys } from "../../simulator/kubernetes/chart-file.ts";
import { formatJson, jsonFiles, readJson } from "./output.ts";

const folder = "simulator/generated/kubernetes/charts";

type Values = { readonly [key: string]: unknown };

/** A file of facts: `values` are the defaults of the chart. */
interface FactFile {
  readonly source: string;
  readonly version: string;
  readonly appVersion: string;
  readonly dependencies: readonly { readonly name: string; readonly alias?: string }[];
  readonly values: Values;
}

/** Writes the charts of a folder of facts into the project. */
export function importCharts(from: string, root: string): void {
  mkdirSync(join(root, folder), { recursive: true });
  for (const file of jsonFiles(from)) {
    const chart = basename(file, ".json");
    const facts = readJson<FactFile>(file);
    writeFileSync(join(root, folder, `${chart}.json`), formatJson(compact(chart, facts)));
  }
}

/** The generated files of charts, by path. */
export function chartFiles(root: string): Map<string, string> {
  return new Map(
    jsonFiles(join(root, folder)).map((file) => [
      `${folder}/${basename(file)}`,
      formatJson(readJson<ChartFile>(file)),
    ]),
  );
}

/** Charts whose versions in their repository are placeholders: a release sets both to the project's version, which `source` has. */
const placeholders = new Set(["0.0.0", "0.1.0", "1.0.0", "1.13.0", "latest"]);

function compact(chart: string, facts: FactFile): ChartFile {
  const { source, dependencies, values } = facts;
  const tag = / v?(\d+\.\d+\.\d+) /.exec(source)?.[1];
  const placeholder = placeholders.has(facts.appVersion.replace(/^v/, ""));
  const version = placeholder && tag !== undefined ? prefixed(facts.version, tag) : facts.version;
  const { _internal_defaults_do_not_set: inner, ...own } = values;
  const all = isObject(inner) ? { ...istio, ...inner, ...own } : own;
  const keys = keysOf(all, free[chart] ?? [], "");
  const of = Object.fromEntries(dependencies.map(({ name, alias }) => [alias ?? name, name]));
  return {
    source,
    version,
    appVersion: placeholder ? version : facts.appVersion,
    dependencies: of,
    values: keys,
  };
}

function prefixed(like: string, version: string): string {
  return like.startsWith("v") ? `v${version}` : version;
}

/**
 * Istio's charts have their defaults below a key that nobody sets. They also take profiles, and the sections in which values of all its
 * charts are written together.
 */
const istio = {
  cni: {},
  compatibilityVersion: "",
  pilot: {},
  platform: "",
  profile: "",
  ztunnel: {},
} as const;

/** Maps with defaults that are any object of Kubernetes or of the program's own configuration, by chart and path. */
const free: Readonly<Record<string, readonly string[]>> = {
  "argo-cd": ["configs.params"],
  "gateway-helm": ["config.envoyGateway"],
  grafana: ["grafana.ini", "route"],
  istiod: ["meshConfig"],
  "kube-prometheus-stack": ["alertmanager.config", "grafana.grafana.ini"],
  loki: ["loki.*", "route"],
  "opentelemetry-collector": ["config", "alternateConfig"],
  tempo: ["tempo.*", "config"],
  "tempo-distributed": [
    "*.config",
    "storage.*",
    "server",
    "traces.*",
    "overrides",
    "global_overrides",
  ],
  velero: ["configuration.repositoryMaintenanceJob.repositoryConfigData"],
  ztunnel: ["meshConfig"],
};

/** Fields of Kubernetes' objects, which charts pass on. */
const passedOn =
  /(labels|annotations|selector|resources|limits|requests|securitycontext|affinity|strategy|probe|capabilities|dnsconfig|lifecycle|lifecyclehooks|env|envs|ports|behavior|args)$/i;

/** Keys that charts take beside the ones with a default, by the end of their object's name. */
const beside: readonly (readonly [RegExp, readonly string[]])[] = [
  [
    /(poddisruptionbudget|pdb)$/i,
    ["enabled", "maxUnavailable", "minAvailable", "unhealthyPodEvictionPolicy"],
  ],
  [/image$/i, ["digest", "pullPolicy", "pullSecrets", "registry", "repository", "sha", "tag"]],
  [
    /service$/i,
    [
      "annotations",
      "clusterIP",
      "externalTrafficPolicy",
      "labels",
      "loadBalancerClass",
      "loadBalancerIP",
      "loadBalancerSourceRanges",
      "nodePort",
      "type",
    ],
  ],
  [
    /serviceaccount$/i,
    ["annotations", "automount", "automountServiceAccountToken", "create", "labels", "name"],
  ],
  [
    /(servicemonitor|podmonitor)$/i,
    [
      "annotations",
      "enabled",
      "interval",
      "labels",
      "metricRelabelings",
      "namespace",
      "relabelings",
      "scrapeTimeout",
    ],
  ],
  [
    /ingress$/i,
    [
      "annotations",
      "className",
      "enabled",
      "hosts",
      "ingressClassName",
      "labels",
      "path",
      "pathType",
      "tls",
    ],
  ],
  [
    /autoscaling$/i,
    [
      "behavior",
      "enabled",
      "maxReplicas",
      "metrics",
      "minReplicas",
      "targetCPUUtilizationPercentage",
      "targetMemoryUtilizationPercentage",
    ],
  ],
];

function keysOf(values: Values, anywhere: readonly string[], path: string): Keys {
  const entries = Object.entries(values).map(([key, value]) => {
    const at = path === "" ? key : `${path}.${key}`;
    const known =
      isObject(value) && !isMap(key, value) && !anywhere.some((one) => matches(one, at));
    return [key, known ? keysOf(value, anywhere, at) : null] as const;
  });
  const more = beside.find(([name]) => path !== "" && name.test(path))?.[1] ?? [];
  return { ...Object.fromEntries(more.map((key) => [key, null])), ...Object.fromEntries(entries) };
}

/** Whether an object may have any keys. */
function isMap(key: string, value: Values): boolean {
  const keys = Object.keys(value);
  return keys.length === 0 || passedOn.test(key) || keys.some((name) => /[./]/.test(name));
}

function matches(pattern: string, path: string): boolean {
  const [wanted, given] = [pattern.split("."), path.split(".")];
  return (
    pattern === path ||
    (wanted.length === given.length &&
      wanted.every((part, index) => part === "*" || part === given[index]))
  );
}

function isObject(value: unknown): value is Values {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
