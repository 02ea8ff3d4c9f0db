/** Fields that a cluster adds to an object: metadata, defaults that others read, and the status of a healthy object. */
import { createHash } from "node:crypto";
import { valueAt } from "../outputs/making.ts";
import { type Bag, isBag, UNKNOWN } from "../wire.ts";

/**
 * The object as returned by the API server when it is ready.
 *
 * @param unready why its operator reports that it is not
 */
export function objectState(
  inputs: Bag,
  seed: string,
  previous: Bag | undefined,
  unready?: string,
): Bag {
  const before = isBag(previous?.metadata) ? previous.metadata : undefined;
  const generation = typeof before?.generation === "number" ? before.generation + 1 : 1;
  const state: Bag = {
    ...inputs,
    metadata: {
      ...(isBag(inputs.metadata) ? inputs.metadata : {}),
      uid: before?.uid ?? uid(seed),
      creationTimestamp: before?.creationTimestamp ?? moment(seed),
      resourceVersion: String(1000 + number(seed, 6) + generation),
      generation,
    },
  };
  if (isBag(inputs.spec)) state.spec = { ...defaultsOf(inputs, seed), ...inputs.spec };
  const status =
    unready === undefined ? statusOf(inputs, seed, generation) : unreadyStatus(inputs, unready);
  return status === undefined ? state : { ...state, status };
}

/** The same before creation: fields of the server are unknown. */
export function objectPreview(inputs: Bag, previous: Bag | undefined): Bag {
  const before = isBag(previous?.metadata) ? previous.metadata : undefined;
  return {
    ...inputs,
    metadata: {
      ...(isBag(inputs.metadata) ? inputs.metadata : {}),
      uid: before?.uid ?? UNKNOWN,
      creationTimestamp: before?.creationTimestamp ?? UNKNOWN,
      resourceVersion: UNKNOWN,
      generation: UNKNOWN,
    },
    status: UNKNOWN,
  };
}

function defaultsOf({ kind, spec }: Bag, seed: string): Bag {
  switch (kind) {
    case "Deployment":
    case "StatefulSet":
      return { replicas: 1 };
    case "Service": {
      const address =
        valueAt(spec, ["clusterIP"]) ??
        `172.20.${number(seed, 2) % 250}.${1 + (number(seed, 3) % 250)}`;
      return { type: "ClusterIP", clusterIP: address, clusterIPs: [address] };
    }
    default:
      return {};
  }
}

function statusOf(inputs: Bag, seed: string, generation: number): unknown {
  const replicas = Number(valueAt(inputs, ["spec", "replicas"]) ?? 1);
  switch (inputs.kind) {
    case "Namespace":
      return { phase: "Active" };
    case "Deployment":
      return {
        observedGeneration: generation,
        replicas,
        updatedReplicas: replicas,
        readyReplicas: replicas,
        availableReplicas: replicas,
        conditions: [condition("Available"), condition("Progressing")],
      };
    case "StatefulSet":
      return {
        observedGeneration: generation,
        replicas,
        readyReplicas: replicas,
        availableReplicas: replicas,
        updatedReplicas: replicas,
      };
    case "DaemonSet":
      return {
        observedGeneration: generation,
        desiredNumberScheduled: 1,
        currentNumberScheduled: 1,
        numberReady: 1,
        numberAvailable: 1,
        updatedNumberScheduled: 1,
        numberMisscheduled: 0,
      };
    case "Job":
      return {
        succeeded: 1,
        startTime: moment(seed),
        completionTime: moment(seed),
        conditions: [condition("Complete")],
      };
    case "Pod":
      return { phase: "Running", conditions: [condition("Ready")] };
    case "PersistentVolumeClaim":
      return { phase: "Bound" };
    case "Service":
      return {
        loadBalancer:
          valueAt(inputs, ["spec", "type"]) === "LoadBalancer"
            ? { ingress: [{ ip: `203.0.113.${number(seed, 2) % 250}` }] }
            : {},
      };
    default:
      return isOperated(inputs) ? { conditions: [condition("Ready")] } : undefined;
  }
}

/** Strimzi has a condition of its own for objects that are not ready. */
function unreadyStatus({ apiVersion }: Bag, message: string): Bag {
  const isStrimzis = String(apiVersion).startsWith("kafka.strimzi.io/");
  const state = isStrimzis ? condition("NotReady") : { type: "Ready", status: "False" };
  return { conditions: [{ ...state, message }] };
}

/** Custom resources of an operator report that they are ready. */
function isOperated({ apiVersion, spec }: Bag): boolean {
  const group = String(apiVersion).split("/")[0] ?? "";
  return spec !== undefined && group.includes(".") && !group.endsWith(".k8s.io");
}

function condition(type: string): Bag {
  return { type, status: "True" };
}

function hex(seed: string): string {
  return createHash("sha256").update(seed).digest("hex");
}

/** A version 4 UUID from a seed. */
export function uid(seed: string): string {
  const text = hex(seed);
  return [
    text.slice(0, 8),
    text.slice(8, 12),
    `4${text.slice(13, 16)}`,
    `9${text.slice(17, 20)}`,
    text.slice(20, 32),
  ].join("-");
}

function number(seed: string, digits: number): number {
  return Number.parseInt(hex(`${seed}|${digits}`).slice(0, digits), 16);
}

function moment(seed: string): string {
  return new Date(Date.UTC(2026, 0, 5) + number(seed, 5) * 1000).toISOString().replace(".000", "");
}
