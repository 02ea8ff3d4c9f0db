/** Kubernetes steps: stop writers in one cell, and start them in the other. Pure. */
import type { Command, FailoverCell, Step } from "./runbook.ts";

/** Namespaces of writers. */
export interface Writers {
  readonly namespaces: readonly string[];
  /** Those in which the other cell also runs its own workloads. */
  readonly shared: readonly string[];
}

/** A quota of zero pods: controllers, autoscalers and GitOps keep their desired state, but cannot create pods. */
const fence = "atoll-failover";

/** The kubeconfig of a cell's cluster during the runbook. */
export function kubeconfigFile({ name }: FailoverCell): string {
  return `${name}.kubeconfig`;
}

export function kubectl(cell: FailoverCell, ...args: readonly string[]): string[] {
  return ["kubectl", "--kubeconfig", kubeconfigFile(cell), ...args];
}

export function clusterSteps(from: FailoverCell, to: FailoverCell, writers: Writers) {
  const each = (make: (namespace: string) => Command[]) => writers.namespaces.flatMap(make);
  const pods = (cell: FailoverCell) =>
    each((namespace) => [
      { run: kubectl(cell, "--namespace", namespace, "get", "pods", "--output", "name") },
    ]);
  const stop = (id: string, cell: FailoverCell, note = ""): Step => ({
    id,
    title: `Stop writers in ${cell.name}${note}`,
    commands: each((namespace) => [
      {
        run: kubectl(
          ...([cell, "--namespace", namespace] as const),
          ...["create", "quota", fence, "--hard=pods=0"],
        ),
      },
      { run: kubectl(cell, "--namespace", namespace, "delete", "pods", "--all") },
    ]),
    verify: {
      commands: pods(cell),
      expect: writers.namespaces.length > 0 ? "no pod is left" : undeclared(from),
    },
  });
  const start = (id: string, cell: FailoverCell): Step => ({
    id,
    title: `Start writers in ${cell.name}`,
    commands: each((namespace) => [
      {
        run: kubectl(
          ...([cell, "--namespace", namespace] as const),
          ...["delete", "quota", fence, "--ignore-not-found"],
        ),
      },
    ]),
    verify: {
      commands: each((namespace) => [
        {
          run: kubectl(
            ...([cell, "--namespace", namespace, "wait", "deployment", "--all"] as const),
            ...["--for=condition=Available", "--timeout=15m"],
          ),
        },
      ]),
      expect: writers.namespaces.length > 0 ? "every deployment is available" : undeclared(from),
    },
  });
  const traffic = (id: string, cell: FailoverCell): Step => ({
    id,
    title: `Send traffic to ${cell.name}`,
    commands: [from, to].map((each) => ({ run: outputs(each) })),
    verify: {
      commands: [
        { run: kubectl(cell, "get", "--raw", "/readyz") },
        { run: kubectl(cell, "get", "nodes", "--output", "name") },
      ],
      expect: `the cluster of ${cell.name} answers; then point clients' names to its endpoints, in your DNS or load balancer: see services and copies in the outputs`,
    },
  });
  const shared =
    writers.shared.length > 0
      ? `, including its own workloads in ${writers.shared.join(", ")}, which cannot be distinguished`
      : "";
  return {
    /** Access to both clusters, or only to the remaining one. */
    credentials: (lost: boolean): Step[] => (lost ? [to] : [from, to]).map(credentials),
    namespaces: {
      id: "find-namespaces",
      title: `Verify that ${to.name} has the namespaces of the writers`,
      commands: each((namespace) => [{ run: kubectl(to, "get", "namespace", namespace) }]),
      verify: {
        commands: [],
        expect:
          writers.namespaces.length > 0 ? "each exists, with its workloads" : undeclared(from),
      },
    } satisfies Step,
    stop: stop("stop-writers", from),
    start: start("start-writers", to),
    traffic: traffic("move-traffic", to),
    returned: {
      id: "see-it-back",
      title: `Verify that ${from.name} is available again`,
      commands: credentials(from).commands,
      verify: {
        commands: [{ run: kubectl(from, "get", "--raw", "/readyz") }],
        expect: "ok",
      },
    } satisfies Step,
    stopThere: stop("stop-writers-there", to, shared),
    startAgain: start("start-writers-again", from),
    trafficBack: traffic("move-traffic-back", from),
    unchanged: {
      id: "see-nothing-changed",
      title: "Verify that the footprint matches its manifests",
      commands: [],
      verify: {
        commands: [{ run: ["npx", "atoll", "preview", from.environment] }],
        expect: "no changes",
      },
    } satisfies Step,
  };
}

function undeclared({ file }: FailoverCell): string {
  return `${file} has no workload (identity.workloads, clientNamespaces): do this step with your own tools, and verify that nothing writes`;
}

function outputs({ stack }: FailoverCell): string[] {
  return ["npx", "atoll", "pulumi", "--", "stack", "output", "-s", stack, "--json"];
}

/** Gets access to a cell's cluster. */
function credentials(cell: FailoverCell): Step {
  return {
    id: `reach-${cell.name}`,
    title: `Get access to the cluster of ${cell.name}`,
    commands: [access(cell)],
    verify: {
      commands: [{ run: kubectl(cell, "get", "nodes", "--output", "name") }],
      expect: "nodes are listed; private endpoints are reachable only from the cell's networks",
    },
  };
}

function access(cell: FailoverCell): Command {
  const { cloud, clusterName, clusterLocation, region, owner, stack } = cell;
  const file = kubeconfigFile(cell);
  switch (cloud) {
    case "aws":
      return {
        run: [
          ...["aws", "eks", "update-kubeconfig", "--region", region],
          ...["--name", clusterName, "--kubeconfig", file],
        ],
      };
    case "gcp":
      return {
        run: [
          ...["env", `KUBECONFIG=${file}`, "gcloud", "container", "clusters", "get-credentials"],
          ...[
            clusterName,
            "--location",
            clusterLocation ?? region,
            "--project",
            owner,
            "--dns-endpoint",
          ],
        ],
      };
    case "onprem":
      return {
        run: ["npx", "atoll", "pulumi", "--", "config", "get", "atoll:kubeconfig", "-s", stack],
        file,
      };
  }
}
