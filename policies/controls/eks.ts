import { networkPolicySetting } from "../../components/cluster/aws-network-policy.ts";
import { supportedVersions } from "../../components/cluster/versions.ts";
import { widerThanPrivate } from "../addresses.ts";
import type { Control } from "../control.ts";
import { everyFact, firstOf, isGiven } from "../known-values.ts";
import { refersTo } from "../stack.ts";

const logTypes = ["api", "audit", "authenticator", "controllerManager", "scheduler"] as const;

export const eksControls: readonly Control[] = [
  {
    id: "EKS1",
    policy: "eks1-disallow-public-endpoint",
    title: "The Kubernetes API of an EKS cluster is not open to the internet",
    severity: "high",
    remedy:
      "set vpcConfig.endpointPublicAccess to false, or limit vpcConfig.publicAccessCidrs to the CIDR blocks that need the public endpoint",
    requirements: {
      soc2: ["CC6.6"],
      "pci-dss-4": ["1.3.1"],
      ccpa: ["1798.150"],
      sox: ["ITGC-access"],
      "cis-eks": ["5.4.1", "5.4.2"],
    },
    repeated: true,
    resources: {
      "aws:eks/cluster:Cluster": ({ vpcConfig }, report) => {
        const open = () => vpcConfig.endpointPublicAccess ?? true;
        // EKS defaults to 0.0.0.0/0.
        const toAll = () => (vpcConfig.publicAccessCidrs?.length ?? 0) === 0;
        const block = () => firstOf(vpcConfig.publicAccessCidrs, widerThanPrivate);
        if (everyFact(open, toAll)) {
          report.lacking(
            "vpcConfig.publicAccessCidrs",
            "is not set while the public endpoint is on: EKS then allows every address of the internet",
          );
        } else if (everyFact(open, () => block() !== undefined)) {
          report.wrong(
            "vpcConfig.publicAccessCidrs",
            vpcConfig.publicAccessCidrs,
            `the public endpoint is on and ${block()} allows the internet`,
          );
        }
      },
    },
  },
  {
    id: "EKS2",
    policy: "eks2-missing-secrets-key",
    title: "Kubernetes secrets of an EKS cluster are encrypted with a customer managed key",
    severity: "medium",
    remedy: 'set encryptionConfig with resources ["secrets"] and the ARN of a KMS key',
    requirements: {
      soc2: ["CC6.1"],
      "pci-dss-4": ["3.5.1"],
      hipaa: ["164.312(a)(2)(iv)"],
      gdpr: ["32"],
      ccpa: ["1798.150"],
      "cis-eks": ["5.3.1"],
    },
    resources: {
      "aws:eks/cluster:Cluster": ({ encryptionConfig }, report) => {
        const covered = firstOf(encryptionConfig?.resources, (kind) => kind === "secrets");
        if (encryptionConfig === undefined) {
          report.lacking(
            "encryptionConfig",
            "is not set: secrets are encrypted with an AWS owned key",
          );
        } else if (covered === undefined) {
          report.wrong(
            "encryptionConfig.resources",
            encryptionConfig.resources,
            "secrets are not included",
          );
        } else if (!isGiven(encryptionConfig.provider, "keyArn")) {
          report.lacking("encryptionConfig.provider.keyArn", "is not set");
        }
      },
    },
  },
  {
    id: "EKS3",
    policy: "eks3-enable-control-plane-logs",
    title: "An EKS cluster sends all control-plane logs to CloudWatch",
    severity: "medium",
    remedy: `set enabledClusterLogTypes to ${logTypes.join(", ")}`,
    requirements: {
      soc2: ["CC7.2"],
      "pci-dss-4": ["10.2.1"],
      hipaa: ["164.312(b)"],
      gdpr: ["30"],
      sox: ["ITGC-operations"],
      "cis-eks": ["2.1.1"],
    },
    resources: {
      "aws:eks/cluster:Cluster": ({ enabledClusterLogTypes: enabled }, report) => {
        const missing = logTypes.filter(
          (type) => firstOf(enabled, (on) => on === type) === undefined,
        );
        if (missing.length > 0) {
          report.wrong("enabledClusterLogTypes", enabled ?? [], `${missing.join(", ")} missing`);
        }
      },
    },
  },
  {
    id: "EKS4",
    policy: "eks4-enforce-supported-version",
    title: "An EKS cluster runs a Kubernetes version in standard support",
    severity: "high",
    remedy: `set version to one of ${Object.keys(supportedVersions.eks).join(", ")}`,
    requirements: { soc2: ["CC7.1"], "pci-dss-4": ["6.3.3"], sox: ["ITGC-change"] },
    resources: {
      "aws:eks/cluster:Cluster": ({ version }, report) => {
        if (version === undefined) {
          report.lacking("version", "is not set: EKS chooses its current default version");
        } else if (!Object.hasOwn(supportedVersions.eks, version)) {
          report.wrong("version", version, "this version is not in standard support");
        }
      },
    },
  },
  {
    id: "EKS5",
    policy: "eks5-enable-deletion-protection",
    title: "An EKS cluster of a permanent environment is protected from deletion",
    severity: "high",
    remedy: "set deletionProtection to true",
    requirements: { soc2: ["A1.2"], sox: ["ITGC-change"] },
    permanentOnly: true,
    resources: {
      "aws:eks/cluster:Cluster": ({ deletionProtection }, report) => {
        if (deletionProtection === undefined) report.lacking("deletionProtection", "is not set");
        else if (!deletionProtection) {
          report.wrong("deletionProtection", deletionProtection, "the cluster can be deleted");
        }
      },
    },
  },
  {
    id: "EKS7",
    policy: "eks7-enable-network-policy",
    title: "An EKS cluster enforces Kubernetes network policies",
    severity: "high",
    remedy:
      'install the vpc-cni add-on with configurationValues {"enableNetworkPolicy": "true"}, or use Auto Mode',
    requirements: { soc2: ["CC6.6"], "pci-dss-4": ["1.3.1"], "cis-eks": ["5.4.4"] },
    resources: {
      "aws:eks/addon:Addon": (addon, report) => {
        if (addon.addonName !== "vpc-cni") return;
        const setting = networkPolicySetting(addon.configurationValues);
        if (setting === undefined) {
          report.lacking(
            "configurationValues",
            "does not set enableNetworkPolicy, which is off by default",
          );
        } else if (String(setting) !== "true") {
          report.wrong(
            "configurationValues.enableNetworkPolicy",
            setting,
            "network policies have no effect",
          );
        }
      },
    },
    stack: (stack, on) => {
      const addons = stack.all("aws:eks/addon:Addon");
      for (const cluster of stack.all("aws:eks/cluster:Cluster")) {
        on(cluster).part(() => {
          if (cluster.props.computeConfig?.enabled === true) return;
          const installed = firstOf(
            addons,
            (addon) =>
              addon.props.addonName === "vpc-cni" &&
              refersTo(addon, "clusterName", cluster, "name"),
          );
          if (!installed)
            on(cluster).lacking("", "has no vpc-cni add-on, so network policies have no effect");
        });
      }
    },
  },
  {
    id: "NG1",
    policy: "ng1-disallow-open-ssh",
    title: "Nodes of a managed node group do not allow SSH from anywhere",
    severity: "high",
    remedy: "omit remoteAccess and use Session Manager, or set remoteAccess.sourceSecurityGroupIds",
    requirements: {
      soc2: ["CC6.6"],
      "pci-dss-4": ["1.3.1"],
      hipaa: ["164.312(e)(1)"],
      sox: ["ITGC-access"],
    },
    resources: {
      "aws:eks/nodeGroup:NodeGroup": ({ remoteAccess }, report) => {
        const groups = () => remoteAccess?.sourceSecurityGroupIds?.length ?? 0;
        if (
          everyFact(
            () => isGiven(remoteAccess, "ec2SshKey"),
            () => groups() === 0,
          )
        ) {
          report.lacking(
            "remoteAccess.sourceSecurityGroupIds",
            "is not set although ec2SshKey is: EKS then opens port 22 of the nodes to every address",
          );
        }
      },
    },
  },
];
