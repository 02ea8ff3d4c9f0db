/** Whether an existing cluster meets the manifest's requirements. Pure. */
import { BlueprintError, type Problem, withoutStack } from "../core/errors.ts";
import { type NodePods, podProblems } from "./onprem-pods.ts";

/** The observed state of a cluster. */
export interface ClusterFacts {
  /** Node to its kubelet's version, for example `v1.35.2`; undefined when the node reports none. */
  readonly kubeletVersions: Readonly<Record<string, string | undefined>>;
  /** Whether the API server serves each API. */
  readonly apis: Readonly<Record<string, boolean>>;
  /** Labels that a node needs and does not have, by node. @default none */
  readonly missingLabels?: Readonly<Record<string, readonly string[]>>;
  /** Whether each class that the manifest names is the cluster's default: `StorageClass fast`. @default none */
  readonly defaultClasses?: Readonly<Record<string, boolean>>;
  /** Pods of each node. @default none */
  readonly pods?: Readonly<Record<string, NodePods>>;
}

/** What the manifest says of the cluster. */
export interface Wanted {
  readonly version: string;
  /** The range of pods. @default not compared */
  readonly podCidr?: string | undefined;
  readonly networkPolicy?: string | undefined;
}

/** How many minor versions a kubelet may be older than the API server: the version skew policy of Kubernetes. */
const longestSkew = 3;

/**
 * The minor version of the cluster, from its newest node.
 *
 * @throws BlueprintError `cluster-unsuitable` that lists every requirement that is not met.
 */
export function observedVersion(where: string, wanted: Wanted, facts: ClusterFacts): string {
  const problems = unsuitable(wanted, facts);
  if (problems.length === 0) return wanted.version;
  throw withoutStack(
    new BlueprintError(
      "cluster-unsuitable",
      `${where} does not meet the manifest, and nothing was created in it:`,
      problems,
    ),
  );
}

/** The requirements of the manifest that the cluster does not meet. */
export function unsuitable(
  { version: wanted, podCidr, networkPolicy }: Wanted,
  facts: ClusterFacts,
): Problem[] {
  const minors = Object.entries(facts.kubeletVersions).map(([node, version]) => ({
    path: `node ${node}`,
    version,
    minor: minorOf(version),
  }));
  const newest = Math.max(...minors.map(({ minor }) => minor ?? 0));
  const problems: Problem[] = minors.flatMap(({ path, version, minor }) => {
    if (minor === undefined)
      return [{ path, message: "does not report its kubelet version", got: version }];
    if (newest - minor <= longestSkew) return [];
    return [
      {
        path,
        message: `must be at most ${longestSkew} minor versions older than 1.${newest}`,
        got: version,
      },
    ];
  });
  if (newest > 0 && `1.${newest}` !== wanted) {
    problems.unshift({
      path: "version",
      message: `must be the cluster's version, "1.${newest}": upgrade the cluster or correct the manifest`,
      got: wanted,
    });
  }
  for (const [api, served] of Object.entries(facts.apis)) {
    if (!served)
      problems.push({
        path: `API ${api}`,
        message: "must be served by the API server: install the component that provides it",
      });
  }
  return [
    ...problems,
    ...placementProblems(facts),
    ...podProblems(podCidr, facts.pods ?? {}, networkPolicy),
  ];
}

function placementProblems({ missingLabels = {}, defaultClasses = {} }: ClusterFacts): Problem[] {
  const unlabelled = Object.entries(missingLabels).flatMap(([node, labels]) =>
    labels.map((label) => ({
      path: `node ${node}`,
      message: `must have the label "${label}": pods of databases and brokers are not scheduled on nodes whose zone is unknown`,
    })),
  );
  const others = Object.entries(defaultClasses)
    .filter(([, isDefault]) => !isDefault)
    .map(([path]) => ({
      path,
      message: "must be the cluster's default: correct cluster.defaultClasses",
    }));
  return [...unlabelled, ...others];
}

function minorOf(version: string | undefined): number | undefined {
  const minor = /^v1\.(\d+)(\.|$)/.exec(version ?? "")?.[1];
  return minor === undefined ? undefined : Number(minor);
}
