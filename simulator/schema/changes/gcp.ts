import type { Given } from "../combinations/combination.ts";
import { isUnknown } from "../value.ts";
import { type ChangeRules, neverDowngraded, onlyGrows, switchedOff } from "./change-rule.ts";

// Sources: terraform-provider-google-beta 7.45 (CustomizeDiff functions of storage/resource_storage_bucket.go,
// container/resource_container_cluster.go, sql/resource_sql_database_instance.go, compute/resource_compute_{forwarding_rule,
// subnetwork}.go); API references of Cloud Storage ("Bucket Lock"), Cloud SQL, Memorystore for Valkey, Managed Kafka, and Cloud
// Billing budgets, where the service refuses a call.

const invalid = "invalid";

const bucket: ChangeRules = {
  conditions: [switchedOff("retentionPolicy.isLocked")],
  refusals: [
    {
      property: "retentionPolicy.retentionPeriod",
      code: "forbidden",
      refuse: (before, after) => {
        const [old, now] = [before, after].map((given) =>
          given.number("retentionPolicy.retentionPeriod"),
        );
        return before.is("retentionPolicy.isLocked", true) &&
          old !== undefined &&
          now !== undefined &&
          now < old
          ? `Cannot reduce the retention duration of a locked retention policy from ${old} to ${now} seconds`
          : undefined;
      },
    },
  ],
};

const cluster: ChangeRules = {
  conditions: [
    switchedOff("enableL4IlbSubsetting"),
    switchedOff("enableFqdnNetworkPolicy"),
    {
      property: "enableK8sBetaApis.enabledApis",
      replaces: (before, after) => {
        const kept = after.list("enableK8sBetaApis.enabledApis") ?? [];
        return (before.list("enableK8sBetaApis.enabledApis") ?? []).some(
          (api) => !kept.includes(api),
        );
      },
    },
    {
      property: "dnsConfig.additiveVpcScopeDnsDomain",
      replaces: (_, after) => after.is("enableAutopilot", true) || undefined,
    },
  ],
  // The provider sends no lower version: the control plane would silently stay.
  refusals: [neverDowngraded("minMasterVersion", invalid, "A control plane")],
};

const database: ChangeRules = {
  conditions: [
    {
      property: "masterInstanceName",
      // A promotion changes the type of the instance too.
      replaces: (before, after) =>
        !(
          before.is("instanceType", "READ_REPLICA_INSTANCE") &&
          after.is("instanceType", "CLOUD_SQL_INSTANCE")
        ),
    },
    {
      property: "settings.diskSize",
      // With automatic growth the provider ignores a size below the current one.
      replaces: (before, after) => {
        const [old, now] = [before, after].map((given) => given.number("settings.diskSize"));
        return old !== undefined && now !== undefined && now < old
          ? after.is("settings.diskAutoresize", false, true) === true
          : undefined;
      },
    },
    {
      property: "settings.ipConfiguration.privateNetwork",
      replaces: (before, after) =>
        before.has("settings.ipConfiguration.privateNetwork") &&
        !after.text("settings.ipConfiguration.privateNetwork"),
    },
    switchedOff("settings.autoUpgradeEnabled"),
  ],
  refusals: [neverDowngraded("databaseVersion", invalid, "An instance")],
};

const forwardingRule: ChangeRules = {
  conditions: [
    {
      property: "target",
      replaces: (before, after) =>
        [before, after].every((given) => isAttachment(given)) || undefined,
    },
    {
      property: "allowGlobalAccess",
      replaces: (_, after) => after.is("loadBalancingScheme", "INTERNAL_MANAGED") || undefined,
    },
  ],
};

function isAttachment(given: Given): boolean {
  return given.text("target")?.includes("/serviceAttachments/") ?? false;
}

const subnetwork: ChangeRules = {
  conditions: [
    {
      property: "ipCidrRange",
      // A range can only be extended: the new one contains the old one.
      replaces: (before, after) => {
        const [old, now] = [before.text("ipCidrRange"), after.text("ipCidrRange")];
        return old === undefined || now === undefined || !contains(now, old);
      },
    },
  ],
};

/** Whether an IPv4 block contains another. */
function contains(outer: string, inner: string): boolean {
  const [one, other] = [outer, inner].map((block) => {
    const [address = "", bits = "32"] = block.split("/");
    const start = address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
    return { start, size: 2 ** (32 - Number(bits)) };
  });
  return (
    one !== undefined &&
    other !== undefined &&
    one.start <= other.start &&
    other.start + other.size <= one.start + one.size
  );
}

const budget: ChangeRules = {
  refusals: [
    {
      property: "amount.specifiedAmount.currencyCode",
      code: invalid,
      refuse: (before, after) => {
        const at = "amount.specifiedAmount.currencyCode";
        const [old, now] = [before.at(at), after.at(at)];
        return typeof old === "string" && typeof now === "string" && !isUnknown(now) && old !== now
          ? `The currency must match the currency of the billing account, ${old}, got ${now}`
          : undefined;
      },
    },
  ],
};

/** The rules for changes of Google Cloud types. */
export const gcp: Readonly<Record<string, ChangeRules>> = {
  "gcp:billing/budget:Budget": budget,
  "gcp:compute/forwardingRule:ForwardingRule": forwardingRule,
  "gcp:compute/subnetwork:Subnetwork": subnetwork,
  "gcp:container/cluster:Cluster": cluster,
  "gcp:managedkafka/topic:Topic": {
    refusals: [onlyGrows("partitionCount", invalid, "Partitions can be added but not removed")],
  },
  "gcp:memorystore/instance:Instance": {
    refusals: [neverDowngraded("engineVersion", invalid, "An instance")],
  },
  "gcp:sql/databaseInstance:DatabaseInstance": database,
  "gcp:storage/bucket:Bucket": bucket,
};
