/** Attacks through the API server and the network of the cluster. Pure. */
import { tenantLabel } from "../../../components/tenant-namespaces/names.ts";
import { theCell } from "../model.ts";
import { list, record } from "../plain.ts";
import { bindingsOf } from "../rbac-roles.ts";
import type { Attack } from "./attack.ts";
import { images, inPod } from "./pod.ts";
import { type Foothold, foothold, footholds, nameOf, type Target, victims } from "./target.ts";

const forbidden = "forbidden";

export function onNetwork(target: Target): Attack[] {
  const ports = portsOf(target);
  return foothold(target).flatMap((from) =>
    victims(target).flatMap((namespace) =>
      ports(namespace).map(
        (port): Attack => ({
          id: `network-${namespace}-${port}`,
          plane: "network",
          what: `connect to a pod of ${namespace} on port ${port}`,
          as: podsOf(from),
          find: [
            ...["kubectl", "get", "pods", "--namespace", namespace],
            ...["--field-selector", "status.phase=Running"],
            ...["--output", "jsonpath={.items[0].status.podIP}"],
          ],
          run: inPod({
            ...from,
            image: images.network,
            command: ["nc", "-zv", "-w", "3", "{address}", String(port)],
          }),
          refused: "timed out|timeout",
          succeeded: "open|connection refused",
          reads:
            "packets are dropped, so the connection times out; where a port is closed, they have arrived",
        }),
      ),
    ),
  );
}

/** The ports that policies of a namespace admit for somebody, and one that a pod of any image could have. */
function portsOf({ view }: Target): (namespace: string) => number[] {
  const policies = Map.groupBy(view.objects("NetworkPolicy"), ({ namespace }) => namespace);
  return (namespace) => {
    const found = (policies.get(namespace) ?? []).flatMap(({ inputs }) =>
      list(record(inputs.spec).ingress)
        .flatMap((rule) => list(record(rule).ports))
        .map((port) => record(port).port)
        .filter((port) => typeof port === "number"),
    );
    return [...new Set(found.length === 0 ? [8080] : found)].slice(0, 3);
  };
}

function podsOf({ namespace, serviceAccount }: Foothold): string {
  return `pods of ${namespace}, service account ${serviceAccount}`;
}

interface Identity {
  readonly name: string;
  readonly flags: readonly string[];
}

/** Everybody of the attacker whom the API server knows: people, pipelines and service accounts. */
function identities(target: Target): Identity[] {
  const { view, from } = target;
  const people = bindingsOf(view)
    .filter(({ object }) => object.resource.tenant === from)
    .flatMap(({ subjects }) => subjects);
  const named = new Map<string, Identity>();
  for (const { kind, name } of people) {
    if (kind === "Group")
      named.set(`group ${name}`, {
        name: `group ${name}`,
        flags: ["--as", "atoll-attack", "--as-group", name, "--as-group", "system:authenticated"],
      });
    if (kind === "User")
      named.set(`user ${name}`, {
        name: `user ${name}`,
        flags: ["--as", name, "--as-group", "system:authenticated"],
      });
  }
  for (const { namespace, serviceAccount } of footholds(target)) {
    const name = `service account ${namespace}/${serviceAccount}`;
    named.set(name, {
      name,
      flags: [
        ...["--as", `system:serviceaccount:${namespace}:${serviceAccount}`],
        ...["--as-group", "system:serviceaccounts"],
        ...["--as-group", `system:serviceaccounts:${namespace}`],
        ...["--as-group", "system:authenticated"],
      ],
    });
  }
  return [...named.values()];
}

export function onRbac(target: Target): Attack[] {
  const [own] = target.view.namespacesOf(target.from);
  return identities(target).flatMap(({ name, flags }) => {
    const attack = (id: string, what: string, ...run: string[]): Attack => ({
      id: `rbac-${id}`,
      plane: "rbac",
      what,
      as: name,
      run: ["kubectl", ...run, ...flags],
      refused: forbidden,
      reads: "the API server answers Forbidden; your own account must be allowed to impersonate",
    });
    return [
      ...victims(target).flatMap((namespace) => [
        attack(
          `secrets-${namespace}`,
          `list secrets of ${namespace}`,
          ...["get", "secrets", "--namespace", namespace],
        ),
        attack(
          `token-${namespace}`,
          `get a token of ${namespace}`,
          ...["create", "token", "default", "--namespace", namespace],
        ),
      ]),
      ...(own === undefined
        ? []
        : [
            attack(
              "label",
              `label ${own.name} as another tenant's`,
              ...["label", "namespace", own.name, `${tenantLabel}=${nameOf(target)}`],
              ...["--overwrite", "--dry-run=server"],
            ),
          ]),
      attack("nodes", "read nodes through their proxy", "get", "--raw", "/api/v1/nodes"),
    ];
  });
}

export function onAdmission(target: Target): Attack[] {
  if (target.to === theCell) return [];
  const denied = "denied request|violates PodSecurity";
  return foothold(target).flatMap((from) => {
    const attack = (id: string, what: string, spec: Record<string, unknown>): Attack => ({
      id: `admission-${id}`,
      plane: "admission",
      what,
      as: `your own account, for ${podsOf(from)}`,
      run: inPod({ ...from, image: images.network, command: ["true"], spec, dryRun: true }),
      refused: denied,
      reads: "the API server names the policy that denied the pod; nothing is created",
    });
    return [
      attack("toleration", `run a pod that tolerates the nodes of ${target.to}`, {
        tolerations: [
          { key: tenantLabel, operator: "Equal", value: target.to, effect: "NoSchedule" },
        ],
      }),
      attack("all-tolerations", "run a pod that tolerates every taint", {
        tolerations: [{ operator: "Exists" }],
      }),
      attack("priority", "run a pod with the priority of the cluster", {
        priorityClassName: "system-cluster-critical",
      }),
      attack("host", "run a pod in the network of its node", { hostNetwork: true }),
    ];
  });
}

export function onQuotas(target: Target): Attack[] {
  return target.view.namespacesOf(target.from).map(({ name }) => ({
    id: `quotas-node-port-${name}`,
    plane: "quotas",
    what: `open a port of every node from ${name}`,
    as: "your own account",
    run: [
      ...["kubectl", "create", "service", "nodeport", "atoll-attack"],
      ...["--tcp", "80:8080", "--namespace", name, "--dry-run=server"],
    ],
    refused: "exceeded quota|forbidden: exceeded",
    reads: "the API server names the quota; nothing is created",
  }));
}

export function onNodes(target: Target): Attack[] {
  const pools = ["NodePool", "Node"].flatMap((kind) =>
    target.view.objects(kind).filter(({ resource }) => resource.tenant === target.to),
  );
  if (pools.length === 0 || target.to === theCell) return [];
  return foothold(target).map((from) => ({
    id: "nodes-schedule",
    plane: "nodes",
    what: `run a pod on nodes of ${target.to}`,
    as: podsOf(from),
    run: [
      ...inPod({
        ...from,
        image: images.network,
        command: ["true"],
        spec: { nodeSelector: { [tenantLabel]: target.to } },
      }).slice(0, 2),
      "--pod-running-timeout=60s",
      ...inPod({
        ...from,
        image: images.network,
        command: ["true"],
        spec: { nodeSelector: { [tenantLabel]: target.to } },
      }).slice(2),
    ],
    refused: "timed out|denied request",
    reads: "the pod stays pending; it proves something only where nodes with the label exist",
  }));
}

export function onSecretStores(target: Target): Attack[] {
  const stores = target.view
    .objects("ClusterSecretStore")
    .map(({ name }) => ({ name, path: ["get", "clustersecretstore", name] }));
  return identities(target).flatMap(({ name: as, flags }) =>
    stores.map(({ name, path }) => ({
      id: `secret-stores-${name}`,
      plane: "secret-stores",
      what: `change ClusterSecretStore ${name}, to serve its own namespaces`,
      as,
      run: [
        ...["kubectl", "patch", ...path.slice(1), "--type", "merge", "--dry-run=server"],
        ...["--patch", JSON.stringify({ spec: { conditions: [] } })],
        ...flags,
      ],
      refused: forbidden,
      reads: "the API server answers Forbidden; your own account must be allowed to impersonate",
    })),
  );
}
