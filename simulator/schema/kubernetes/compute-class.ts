import type { Properties, Property, Shape } from "../shape.ts";
import type { CustomKind } from "./custom-kind.ts";

/**
 * GKE's ComputeClass `cloud.google.com/v1`, after Google's reference of the custom resource (Kubernetes Engine documentation,
 * "ComputeClass CRD", 2026). GKE installs the definition itself; there is no chart.
 */
const text: Property = { type: "string" };
const flag: Property = { type: "boolean" };
const count: Property = { type: "number" };
const list = (array: Shape): Property => ({ type: { array } });
const choice = (...values: string[]): Property => ({ type: { enum: values } });
const object = (ref: string): Property => ({ type: { ref: `ComputeClass.${ref}` } });
const objects = (ref: string): Property => list({ ref: `ComputeClass.${ref}` });
const must = (property: Property): Property => ({ ...property, required: true });

const systemConfig: Record<string, Properties> = {
  "ComputeClass.NodeSystemConfig": {
    kubeletConfig: { type: "any" },
    linuxNodeConfig: { type: "any" },
  },
};

const placement: Record<string, Properties> = {
  "ComputeClass.Location": { locationPolicy: text, zones: list("string") },
  "ComputeClass.Placement": { policyName: must(text) },
  "ComputeClass.Reservations": {
    affinity: must(choice("Specific", "AnyBestEffort", "None")),
    specific: objects("SpecificReservation"),
  },
  "ComputeClass.SpecificReservation": {
    name: must(text),
    project: text,
    reservationBlock: object("ReservationBlock"),
    zones: list("string"),
  },
  "ComputeClass.ReservationBlock": {
    name: must(text),
    reservationSubBlock: object("ReservationSubBlock"),
  },
  "ComputeClass.ReservationSubBlock": { name: must(text) },
};

const machines: Record<string, Properties> = {
  "ComputeClass.Gpu": { count, driverVersion: choice("default", "latest", "disabled"), type: text },
  "ComputeClass.Tpu": { count, topology: text, type: text },
  "ComputeClass.FlexStart": { enabled: flag, nodeRecycling: object("NodeRecycling") },
  "ComputeClass.NodeRecycling": { leadTimeSeconds: count },
  "ComputeClass.Storage": {
    bootDiskKMSKey: text,
    bootDiskSize: count,
    bootDiskType: text,
    localSSDCount: count,
    localSSDEncryptionMode: text,
    secondaryBootDisks: objects("SecondaryBootDisk"),
  },
  "ComputeClass.SecondaryBootDisk": {
    diskImageName: must(text),
    mode: choice("CONTAINER_IMAGE_CACHE", "MODE_UNSPECIFIED"),
    project: text,
  },
  "ComputeClass.Priority": {
    flexStart: object("FlexStart"),
    gpu: object("Gpu"),
    location: object("Location"),
    machineFamily: text,
    machineType: text,
    maxPodsPerNode: count,
    maxRunDurationSeconds: count,
    minCores: count,
    minCpuPlatform: text,
    minMemoryGb: count,
    nodeSystemConfig: object("NodeSystemConfig"),
    nodepools: list("string"),
    placement: object("Placement"),
    podFamily: choice("general-purpose", "general-purpose-arm"),
    priorityScore: count,
    reservations: object("Reservations"),
    spot: flag,
    storage: object("Storage"),
    tpu: object("Tpu"),
  },
};

const pools: Record<string, Properties> = {
  "ComputeClass.NodePoolConfig": {
    autoRepair: flag,
    autoUpgrade: flag,
    confidentialNodeType: choice("SEV", "SEV_SNP", "TDX"),
    dra: { type: "any" },
    gvnic: object("Switch"),
    imageStreaming: object("Switch"),
    imageType: choice("cos_containerd", "ubuntu_containerd"),
    ipType: choice("public", "private"),
    loggingConfig: { type: "any" },
    nodeLabels: { type: { map: "string" } },
    nodeVersion: text,
    resourceManagerTags: objects("ResourceManagerTag"),
    sandbox: object("Sandbox"),
    serviceAccount: text,
    taintConfig: object("TaintConfig"),
    taints: objects("Taint"),
    workloadType: text,
  },
  "ComputeClass.Switch": { enabled: must(flag) },
  "ComputeClass.ResourceManagerTag": { key: must(text), value: must(text) },
  "ComputeClass.Sandbox": { type: must(choice("gvisor")) },
  "ComputeClass.TaintConfig": { architectureTaintBehavior: text },
  "ComputeClass.Taint": {
    effect: choice("NoSchedule", "PreferNoSchedule", "NoExecute"),
    key: must(text),
    value: text,
  },
};

const spec: Record<string, Properties> = {
  "ComputeClass.Spec": {
    activeMigration: object("ActiveMigration"),
    allocationStrategyDefaults: { type: { map: "string" } },
    autopilot: object("Switch"),
    autoscalingPolicy: object("AutoscalingPolicy"),
    buffers: list("any"),
    description: text,
    nodePoolAutoCreation: object("NodePoolAutoCreation"),
    nodePoolConfig: object("NodePoolConfig"),
    nodePoolGroup: object("NodePoolGroup"),
    priorities: objects("Priority"),
    priorityDefaults: object("PriorityDefaults"),
    whenUnsatisfiable: choice("ScaleUpAnyway", "DoNotScaleUp"),
  },
  "ComputeClass.ActiveMigration": {
    ensureAllDaemonSetPodsRunning: flag,
    optimizeRulePriority: must(flag),
  },
  "ComputeClass.AutoscalingPolicy": {
    consolidationDelayMinutes: count,
    consolidationThreshold: count,
    gpuConsolidationThreshold: count,
  },
  "ComputeClass.NodePoolAutoCreation": {
    enabled: must(flag),
    shieldedInstanceConfig: { type: { map: "boolean" } },
  },
  "ComputeClass.NodePoolGroup": { name: must(text) },
  "ComputeClass.PriorityDefaults": {
    location: object("Location"),
    nodeSystemConfig: object("NodeSystemConfig"),
  },
};

/** The kind, in the format of the checks. */
export const computeClass: CustomKind = {
  namespaced: false,
  properties: {
    apiVersion: must(choice("cloud.google.com/v1")),
    kind: must(choice("ComputeClass")),
    metadata: { type: { ref: "IoK8sApimachineryPkgApisMetaV1ObjectMeta" } },
    spec: must(object("Spec")),
    status: { type: "any" },
  },
  types: { ...systemConfig, ...placement, ...machines, ...pools, ...spec },
};
