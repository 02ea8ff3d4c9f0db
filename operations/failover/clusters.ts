/** Steps about Kubernetes: who writes is stopped in one cell and started in the other. Pure. */
import type { Command, FailoverCell, Step } from "./runbook.ts";

/** Who writes. */
export interface Writers {
  readonly namespaces: readonly string[];
  /** Those of them in which the other cell runs workloads of its own. */
  readonly shared: readonly string[];
}

/** A quota of no pods: controllers, autoscalers and GitOps keep their wishes and cannot have them. */
const fence = "atoll-failover";

/** Where the access to a cell's cluster is kept while the runbook is followed. */
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
    title: `Stop what writes in ${cell.name}${note}`,
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
    title: `Start what writes in ${cell.name}`,
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
      expect: `the cluster of ${cell.name} answers; point the names that clients use, at your DNS or load balancer, to its endpoints: services and copies in the outputs`,
    },
  });
  const shared =
    writers.shared.length > 0
      ? `, also its own workloads in ${writers.shared.join(", ")}, which cannot be told apart`
      : "";
  return {
    /** Access to both clusters, or to the one that is left. */
    credentials: (lost: boolean): Step[] => (lost ? [to] : [from, to]).map(credentials),
    namespaces: {
      id: "find-namespaces",
      title: `See that ${to.name} has the namespaces of what writes`,
      commands: each((namespace) => [{ run: kubectl(to, "get", "namespace", namespace) }]),
      verify: {
        commands: [],
        expect:
          writers.namespaces.length > 0 ? "each is there, with its workloads" : undeclared(from),
      },
    } satisfies Step,
    stop: stop("stop-writers", from),
    start: start("start-writers", to),
    traffic: traffic("move-traffic", to),
    returned: {
      id: "see-it-back",
      title: `See that ${from.name} is back`,
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
      title: "See that the footprint is as its manifests say",
      commands: [],
      verify: {
        commands: [{ run: ["npx", "atoll", "preview", from.environment] }],
        expect: "no change is planned",
      },
    } satisfies Step,
  };
}

function undeclared({ file }: FailoverCell): string {
  return `${file} names no workload (identity.workloads, clientNamespaces): do it by your own means, and see that nothing writes`;
}

function outputs({ stack }: FailoverCell): string[] {
  return ["npx", "atoll", "pulumi", "--", "stack", "output", "-s", stack, "--json"];
}

/** Gets the access to a cell's cluster. */
function credentials(cell: FailoverCell): Step {
  return {
    id: `reach-${cell.name}`,
    title: `Get access to the cluster of ${cell.name}`,
    commands: [access(cell)],
    verify: {
      commands: [{ run: kubectl(cell, "get", "nodes", "--output", "name") }],
      expect: "nodes are listed; private endpoints answer inside the cell's networks only",
    },
  };
}

function access(cell: FailoverCell): Command {
  const { cloud, clusterName, region, owner, stack } = cell;
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
          ...[clusterName, "--location", region, "--project", owner, "--dns-endpoint"],
        ],
      };
    case "onprem":
      return {
        run: ["npx", "atoll", "pulumi", "--", "config", "get", "atoll:kubeconfig", "-s", stack],
        file,
      };
  }
}
