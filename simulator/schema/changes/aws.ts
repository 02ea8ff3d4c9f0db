import type { Given } from "../combinations/combination.ts";
import { type ChangeRules, isOlder, neverDowngraded, onlyGrows } from "./change-rule.ts";

// Sources: terraform-provider-aws 6.34 (CustomizeDiff functions of internal/service/{ec2,eks,elasticache,kafka,rds,route53resolver},
// guardduty/detector_feature.go, and the schema of ec2/vpc_endpoint.go, where ForceNew has no exception before 6.36); Amazon MSK,
// EKS, RDS and Secrets Manager API references, where the service refuses a call.

const bad = "BadRequestException";
const invalid = "InvalidParameterException";
const combination = "InvalidParameterCombination";

const mskCluster: ChangeRules = {
  // Where the provider has SuppressMissingOptionalConfigurationBlock.
  kept: [
    "configurationInfo",
    "encryptionInfo",
    "loggingInfo",
    "loggingInfo.brokerLogs.cloudwatchLogs",
    "loggingInfo.brokerLogs.firehose",
    "loggingInfo.brokerLogs.s3",
    "openMonitoring",
    "openMonitoring.prometheus.jmxExporter",
    "openMonitoring.prometheus.nodeExporter",
  ],
  conditions: [
    {
      property: "storageMode",
      replaces: (before, after) =>
        before.is("storageMode", "TIERED") && after.is("storageMode", "LOCAL"),
    },
    {
      property: "kafkaVersion",
      // The provider compares only versions of numbers: not `4.1.x.kraft`.
      replaces: (before, after) => {
        const [old, now] = [before.text("kafkaVersion"), after.text("kafkaVersion")];
        return old !== undefined && now !== undefined && [old, now].every(isNumeric)
          ? isOlder(now, old)
          : undefined;
      },
    },
  ],
  refusals: [
    neverDowngraded("kafkaVersion", bad, "A cluster"),
    onlyGrows(
      "numberOfBrokerNodes",
      bad,
      "Brokers that are removed must not host partitions: move them to the others first",
    ),
    onlyGrows(
      "brokerNodeGroupInfo.storageInfo.ebsStorageInfo.volumeSize",
      bad,
      "The storage of brokers can only be increased",
    ),
  ],
};

function isNumeric(version: string): boolean {
  return /^v?\d+(\.\d+)*$/.test(version);
}

const rdsCluster: ChangeRules = {
  refusals: [
    neverDowngraded("engineVersion", combination, "Aurora PostgreSQL"),
    {
      property: "engineVersion",
      code: combination,
      refuse: (before, after) => {
        const [old, now] = [major(before), major(after)];
        return old !== undefined &&
          now !== undefined &&
          now > old &&
          after.is("allowMajorVersionUpgrade", false, false)
          ? "The AllowMajorVersionUpgrade flag must be present when upgrading to a new major version"
          : undefined;
      },
    },
    {
      property: "manageMasterUserPassword",
      code: "InvalidDBClusterStateFault",
      refuse: (before, after) =>
        !before.is("manageMasterUserPassword", true) &&
        after.is("manageMasterUserPassword", true) &&
        after.text("globalClusterIdentifier")
          ? "ManageMasterUserPassword is not supported for a cluster in a global database"
          : undefined,
    },
    {
      property: "globalClusterIdentifier",
      code: "InvalidDBClusterStateFault",
      refuse: (before, after) => {
        const now = after.text("globalClusterIdentifier");
        if (!now || before.is("globalClusterIdentifier", now)) return undefined;
        return before.text("globalClusterIdentifier")
          ? "existing RDS Clusters cannot be migrated between existing RDS Global Clusters"
          : "existing RDS Clusters cannot be added to an existing RDS Global Cluster";
      },
    },
  ],
};

function major(given: Given): number | undefined {
  const version = given.text("engineVersion");
  return version === undefined ? undefined : Number.parseInt(version, 10);
}

const eksCluster: ChangeRules = {
  conditions: [
    {
      property: "encryptionConfig",
      replaces: (before, after) => before.has("encryptionConfig") && !after.has("encryptionConfig"),
    },
  ],
  refusals: [
    {
      property: "version",
      code: invalid,
      refuse: (before, after) => {
        const [old, now] = [minor(before, "version"), minor(after, "version")];
        if (old === undefined || now === undefined || now === old || now === old + 1)
          return undefined;
        const why = now < old ? "a cluster cannot go back" : "one minor version at a time";
        return `Unsupported Kubernetes minor version update from ${before.text("version")} to ${after.text("version")}: ${why}`;
      },
    },
    {
      property: "accessConfig.authenticationMode",
      code: invalid,
      refuse: (before, after) => {
        const modes = ["CONFIG_MAP", "API_AND_CONFIG_MAP", "API"];
        const at = "accessConfig.authenticationMode";
        const [old, now] = [before, after].map((given) => modes.indexOf(given.text(at) ?? ""));
        return old !== undefined && now !== undefined && now >= 0 && now < old
          ? `Unsupported authentication mode update from ${modes[old]} to ${modes[now]}`
          : undefined;
      },
    },
  ],
};

/** 35 of `1.35`. */
function minor(given: Given, property: string): number | undefined {
  const found = /^1\.(\d+)/.exec(given.text(property) ?? "")?.[1];
  return found === undefined ? undefined : Number(found);
}

const nodeGroup: ChangeRules = {
  conditions: [
    {
      property: "launchTemplate",
      // Its id and name are computed if absent, so that only its version is removed.
      replaces: (_, after) => (after.has("launchTemplate") ? undefined : false),
    },
  ],
  refusals: [neverDowngraded("version", invalid, "The Kubernetes version of a node group")],
};

const replicationGroup: ChangeRules = {
  conditions: [
    {
      property: "engineVersion",
      replaces: (before, after) =>
        isOlder(after.text("engineVersion") ?? "", before.text("engineVersion") ?? ""),
    },
    {
      property: "engine",
      replaces: (before, after) => !(before.is("engine", "redis") && after.is("engine", "valkey")),
    },
    {
      property: "transitEncryptionEnabled",
      replaces: (before) => isOlder(before.text("engineVersionActual") ?? "", "7.0.5"),
    },
  ],
};

const resolverRule: ChangeRules = {
  conditions: [
    {
      property: "resolverEndpointId",
      // An unknown id is an empty one to the provider.
      replaces: (_, after) => !after.text("resolverEndpointId"),
    },
  ],
};

const vpcEndpoint: ChangeRules = {
  conditions: [{ property: "privateDnsEnabled", replaces: () => true }],
};

const detectorFeature: ChangeRules = {
  conditions: [{ property: "additionalConfigurations", replaces: () => false }],
};

const budget: ChangeRules = {
  refusals: [
    {
      property: "limitUnit",
      code: "InvalidParameterException",
      refuse: (before, after) => {
        const [old, now] = [before.text("limitUnit"), after.text("limitUnit")];
        return old !== undefined && now !== undefined && old !== now
          ? `The unit of a budget is the currency of its account, ${old}, got ${now}`
          : undefined;
      },
    },
  ],
};

const trustProvider: ChangeRules = {
  refusals: [
    {
      property: "deviceOptions.tenantId",
      code: "InvalidParameterValue",
      refuse: (before, after) => {
        const [old, now] = [before, after].map((given) => given.text("deviceOptions.tenantId"));
        return old !== undefined && now !== undefined && old !== now
          ? `The tenant of a trust provider cannot be changed: ${old} would stay trusted`
          : undefined;
      },
    },
  ],
};

/** The rules for changes of AWS types. */
export const aws: Readonly<Record<string, ChangeRules>> = {
  "aws:budgets/budget:Budget": budget,
  "aws:ec2/vpcEndpoint:VpcEndpoint": vpcEndpoint,
  "aws:eks/cluster:Cluster": eksCluster,
  "aws:eks/nodeGroup:NodeGroup": nodeGroup,
  "aws:elasticache/replicationGroup:ReplicationGroup": replicationGroup,
  "aws:guardduty/detectorFeature:DetectorFeature": detectorFeature,
  "aws:msk/cluster:Cluster": mskCluster,
  "aws:msk/topic:Topic": {
    refusals: [onlyGrows("partitionCount", bad, "Partitions can be added but not removed")],
  },
  "aws:rds/cluster:Cluster": rdsCluster,
  "aws:route53/resolverRule:ResolverRule": resolverRule,
  "aws:verifiedaccess/trustProvider:TrustProvider": trustProvider,
};
