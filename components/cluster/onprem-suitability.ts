/** Pure: whether a cluster that was looked at is what the manifest says. */
import { BlueprintError, type Problem, withoutStack } from "../core/errors.ts";

/** What was seen of a cluster. */
export interface ClusterFacts {
  /** Node to its kubelet's version, for example `v1.35.2`; undefined where the node tells none. */
  readonly kubeletVersions: Readonly<Record<string, string | undefined>>;
  /** API to whether the API server serves it. */
  readonly apis: Readonly<Record<string, boolean>>;
}

/** How many minor versions a kubelet may be older than the API server: the version skew policy of Kubernetes. */
const longestSkew = 3;

/**
 * The minor version that the cluster runs, told by its newest node.
 *
 * @throws BlueprintError `cluster-unsuitable` that lists everything that is not as the manifest says.
 */
export function observedVersion(where: string, wanted: string, facts: ClusterFacts): string {
  const problems = unsuitable(wanted, facts);
  if (problems.length === 0) return wanted;
  throw withoutStack(
    new BlueprintError(
      "cluster-unsuitable",
      `${where} is not what the manifest says, and nothing was made in it:`,
      problems,
    ),
  );
}

/** Everything about a cluster that is not as the manifest says. */
export function unsuitable(wanted: string, facts: ClusterFacts): Problem[] {
  const minors = Object.entries(facts.kubeletVersions).map(([node, version]) => ({
    path: `node ${node}`,
    version,
    minor: minorOf(version),
  }));
  const newest = Math.max(...minors.map(({ minor }) => minor ?? 0));
  const problems: Problem[] = minors.flatMap(({ path, version, minor }) => {
    if (minor === undefined)
      return [{ path, message: "tells no version of its kubelet", got: version }];
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
      message: `must be what the cluster runs, "1.${newest}": upgrade the cluster or correct the manifest`,
      got: wanted,
    });
  }
  for (const [api, served] of Object.entries(facts.apis)) {
    if (!served)
      problems.push({
        path: `API ${api}`,
        message: "must be served by the API server; install what brings it",
      });
  }
  return problems;
}

function minorOf(version: string | undefined): number | undefined {
  const minor = /^v1\.(\d+)(\.|$)/.exec(version ?? "")?.[1];
  return minor === undefined ? undefined : Number(minor);
}
