import type { Given } from "../combinations/combination.ts";
import { type ChangeRules, onlyGrows, type Refusal } from "./change-rule.ts";

// Sources: Kubernetes API reference ("PersistentVolumeClaim"); CloudNativePG 1.30 (internal/webhook/v1/cluster_webhook.go); Strimzi
// 1.2.0 (StorageDiff.java, topic operator); valkey-io's chart 0.11.0, whose StatefulSet has the claims. An operator does not refuse
// an object: it keeps the old value and reports a warning or an object that is not ready, which is a refusal here.

const invalid = "Invalid";

/** Multipliers of the suffixes of quantities. */
const suffixes: Readonly<Record<string, number>> = {
  "": 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
};

function amount(given: Given, property: string): number | undefined {
  const value = given.at(property);
  const [, digits, suffix = ""] = /^(\d+(?:\.\d+)?)([A-Za-z]*)$/.exec(String(value)) ?? [];
  const factor = suffixes[suffix];
  return digits === undefined || factor === undefined ? undefined : Number(digits) * factor;
}

/** A size of storage that can only grow. */
function neverShrinks(property: string): Refusal {
  return {
    property,
    code: invalid,
    refuse: (before, after) => {
      const [old, now] = [amount(before, property), amount(after, property)];
      return old !== undefined && now !== undefined && now < old
        ? `can't shrink existing storage from ${String(before.at(property))} to ${String(after.at(property))}`
        : undefined;
    },
  };
}

/** A value that cannot change in either direction. */
function fixed(property: string, reason: string): Refusal {
  return {
    property,
    code: invalid,
    refuse: (before, after) => {
      const [old, now] = [before.at(property), after.at(property)];
      return old !== undefined && now !== undefined && old !== now
        ? `${reason}: it is ${String(old)}, got ${String(now)}`
        : undefined;
    },
  };
}

const valkeyStorage: readonly Refusal[] = ["size", "storageClass"].map((name) => ({
  property: `values.replica.persistence.${name}`,
  code: invalid,
  refuse: (before, after) => {
    const at = `values.replica.persistence.${name}`;
    const [old, now] = [before.at(at), after.at(at)];
    return after.is("chart", "valkey") && old !== undefined && now !== undefined && old !== now
      ? `StatefulSet is invalid: spec: Forbidden: updates to volumeClaimTemplates are forbidden, ${name} is ${JSON.stringify(old)}`
      : undefined;
  },
}));

/** The rules for changes of Kubernetes kinds, by group and kind. */
export const kubernetes: Readonly<Record<string, ChangeRules>> = {
  "/PersistentVolumeClaim": { refusals: [neverShrinks("spec.resources.requests.storage")] },
  "helm.sh/Release": { refusals: valkeyStorage },
  "kafka.strimzi.io/Kafka": {
    refusals: [
      {
        property: "spec.kafka.metadataVersion",
        code: invalid,
        refuse: (before, after) => {
          const at = "spec.kafka.metadataVersion";
          const [old, now] = [before, after].map((given) =>
            Number.parseFloat(given.text(at) ?? ""),
          );
          return now !== undefined && old !== undefined && now < old
            ? `metadata version ${old} cannot be downgraded to ${now}`
            : undefined;
        },
      },
    ],
  },
  "kafka.strimzi.io/KafkaNodePool": {
    refusals: [
      neverShrinks("spec.storage.volumes.0.size"),
      fixed("spec.storage.volumes.0.class", "The storage class of existing volumes cannot change"),
      onlyGrows("spec.replicas", invalid, "Brokers that host partitions cannot be removed"),
      {
        property: "spec.replicas",
        code: invalid,
        refuse: (before, after) => {
          const [old, now] = [before.number("spec.replicas"), after.number("spec.replicas")];
          return after.list("spec.roles")?.includes("controller") && old !== now
            ? `Controllers form a static quorum: there are ${old}, got ${now}`
            : undefined;
        },
      },
    ],
  },
  "kafka.strimzi.io/KafkaTopic": {
    refusals: [
      onlyGrows("spec.partitions", invalid, "Decreasing partitions is not supported"),
      fixed(
        "spec.replicas",
        "Changing the replication factor is not supported without Cruise Control",
      ),
    ],
  },
  "postgresql.cnpg.io/Cluster": {
    refusals: [
      neverShrinks("spec.storage.size"),
      neverShrinks("spec.walStorage.size"),
      onlyGrows("spec.imageCatalogRef.major", invalid, "A major version cannot be downgraded"),
      {
        property: "spec.walStorage",
        code: invalid,
        refuse: (before, after) =>
          before.has("spec.walStorage") && !after.has("spec.walStorage")
            ? "walStorage cannot be disabled once configured"
            : undefined,
      },
    ],
  },
};
