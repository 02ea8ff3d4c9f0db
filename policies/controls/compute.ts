import type { Control } from "../control.ts";
import { everyFact } from "../known-values.ts";
import type { Report } from "../report.ts";
import { secretIn } from "../secrets.ts";

interface MetadataOptions {
  readonly httpEndpoint?: string | undefined;
  readonly httpTokens?: string | undefined;
  readonly httpPutResponseHopLimit?: number | undefined;
}

/** Controls of virtual machines: launch templates, instances and Karpenter's node classes. */
export const computeControls: readonly Control[] = [
  {
    id: "LT1",
    policy: "lt1-enforce-imdsv2",
    title: "Instances require IMDSv2, and pods cannot reach instance metadata",
    severity: "high",
    remedy: 'set metadataOptions.httpTokens to "required" and httpPutResponseHopLimit to 1',
    requirements: {
      soc2: ["CC6.1"],
      "pci-dss-4": ["2.2.6"],
      sox: ["ITGC-access"],
      "cis-aws": ["6.7"],
    },
    resources: {
      // The defaults come from the account and the image: Amazon Linux 2023 sets two hops.
      "aws:ec2/launchTemplate:LaunchTemplate": ({ metadataOptions }, report) =>
        metadata(metadataOptions, "metadataOptions", report),
      "aws:ec2/instance:Instance": (instance, report) => {
        if (instance.metadataOptions || !instance.launchTemplate) {
          metadata(instance.metadataOptions, "metadataOptions", report);
        }
      },
      // Karpenter's own defaults are secure.
      "kubernetes:karpenter.k8s.aws/v1:EC2NodeClass": ({ spec }, report) =>
        metadata(
          { httpTokens: "required", httpPutResponseHopLimit: 1, ...spec?.metadataOptions },
          "spec.metadataOptions",
          report,
        ),
    },
  },
  {
    id: "LT2",
    policy: "lt2-disallow-public-ip",
    title: "Instances have no public IP address",
    severity: "high",
    remedy:
      "set associatePublicIpAddress to false and connect to the instance through the private network",
    requirements: {
      soc2: ["CC6.6"],
      "pci-dss-4": ["1.4.5"],
      ccpa: ["1798.150"],
      sox: ["ITGC-access"],
      "cis-eks": ["5.4.3"],
    },
    resources: {
      "aws:ec2/launchTemplate:LaunchTemplate": ({ networkInterfaces }, report) =>
        report.each("networkInterfaces", networkInterfaces, ({ associatePublicIpAddress }, path) =>
          publicIp(associatePublicIpAddress, `${path}.associatePublicIpAddress`, report),
        ),
      "aws:ec2/instance:Instance": ({ associatePublicIpAddress }, report) =>
        publicIp(associatePublicIpAddress, "associatePublicIpAddress", report),
      "kubernetes:karpenter.k8s.aws/v1:EC2NodeClass": ({ spec }, report) =>
        publicIp(spec?.associatePublicIPAddress, "spec.associatePublicIPAddress", report),
    },
  },
  {
    id: "LT3",
    policy: "lt3-disallow-secrets-in-user-data",
    title: "User data of instances contains no secrets",
    severity: "high",
    remedy:
      "read the secret at startup from Secrets Manager or Parameter Store, and rotate the exposed one",
    requirements: {
      soc2: ["CC6.1"],
      "pci-dss-4": ["8.6.2"],
      hipaa: ["164.312(a)(1)"],
      gdpr: ["32"],
      ccpa: ["1798.150"],
      sox: ["ITGC-access"],
    },
    resources: {
      "aws:ec2/launchTemplate:LaunchTemplate": ({ userData }, report) =>
        userDataSecrets(userData, "userData", report),
      "aws:ec2/instance:Instance": (instance, report) => {
        report.part(() => userDataSecrets(instance.userData, "userData", report));
        report.part(() => userDataSecrets(instance.userDataBase64, "userDataBase64", report));
      },
      "kubernetes:karpenter.k8s.aws/v1:EC2NodeClass": ({ spec }, report) =>
        userDataSecrets(spec?.userData, "spec.userData", report),
    },
  },
  {
    id: "EBS1",
    policy: "ebs1-enforce-volume-encryption",
    title: "Block volumes are encrypted",
    severity: "high",
    remedy:
      "set encrypted to true on the volume, on every block device, and in the parameters of the storage class",
    requirements: {
      soc2: ["CC6.1"],
      "pci-dss-4": ["3.5.1"],
      hipaa: ["164.312(a)(2)(iv)"],
      gdpr: ["32"],
      ccpa: ["1798.150"],
    },
    resources: {
      "aws:ebs/volume:Volume": ({ encrypted }, report) =>
        encryption(encrypted, "encrypted", report),
      "aws:ec2/launchTemplate:LaunchTemplate": ({ blockDeviceMappings }, report) => {
        if ((blockDeviceMappings?.length ?? 0) === 0) {
          report.lacking(
            "blockDeviceMappings",
            "is not set: the image decides on encryption of the root volume",
          );
        }
        report.each("blockDeviceMappings", blockDeviceMappings, ({ ebs }, path) => {
          if (ebs) encryption(ebs.encrypted, `${path}.ebs.encrypted`, report);
        });
      },
      "aws:ec2/instance:Instance": (instance, report) => {
        report.part(() => {
          if (instance.rootBlockDevice || !instance.launchTemplate) {
            encryption(instance.rootBlockDevice?.encrypted, "rootBlockDevice.encrypted", report);
          }
        });
        report.each("ebsBlockDevices", instance.ebsBlockDevices, ({ encrypted }, path) =>
          encryption(encrypted, `${path}.encrypted`, report),
        );
      },
      "kubernetes:karpenter.k8s.aws/v1:EC2NodeClass": ({ spec }, report) => {
        const mappings = spec?.blockDeviceMappings;
        // Karpenter encrypts the volumes that it maps by default; it maps none for custom images.
        if (
          everyFact(
            () => spec?.amiFamily === "Custom",
            () => (mappings?.length ?? 0) === 0,
          )
        ) {
          report.lacking(
            "spec.blockDeviceMappings",
            "is not set: the image decides on encryption of the root volume",
          );
        }
        report.each("spec.blockDeviceMappings", mappings, ({ ebs }, path) =>
          encryption(ebs?.encrypted, `${path}.ebs.encrypted`, report),
        );
      },
      "kubernetes:storage.k8s.io/v1:StorageClass": ({ provisioner, parameters }, report) => {
        const ebs = ["ebs.csi.aws.com", "ebs.csi.eks.amazonaws.com", "kubernetes.io/aws-ebs"];
        if (ebs.includes(provisioner))
          encryption(parameters?.encrypted, "parameters.encrypted", report);
      },
    },
  },
];

function metadata(options: MetadataOptions | undefined, path: string, report: Report): void {
  report.part(() => {
    if (options?.httpEndpoint === "disabled") return;
    report.part(() => {
      const tokens = options?.httpTokens;
      if (tokens === "required") return;
      if (tokens) report.wrong(`${path}.httpTokens`, tokens, "IMDSv1 is enabled");
      else report.lacking(`${path}.httpTokens`, "is not set: IMDSv1 may be enabled");
    });
    const hops = options?.httpPutResponseHopLimit;
    if (!hops) {
      report.lacking(`${path}.httpPutResponseHopLimit`, "is not set: the image may set more hops");
    } else if (hops > 1) {
      report.wrong(
        `${path}.httpPutResponseHopLimit`,
        hops,
        "pods can get the instance's credentials",
      );
    }
  });
}

/** Launch templates have booleans as strings. */
function publicIp(associate: string | boolean | undefined, path: string, report: Report): void {
  if (String(associate) === "true")
    report.wrong(path, associate, "the instance has a public IP address");
}

function encryption(
  encrypted: string | boolean | undefined | null,
  path: string,
  report: Report,
): void {
  if (encrypted === undefined || encrypted === null)
    report.lacking(path, "is not set, and volumes are not encrypted by default");
  else if (String(encrypted) !== "true")
    report.wrong(path, encrypted, "the volume is not encrypted");
}

function userDataSecrets(userData: string | undefined, path: string, report: Report): void {
  const secret = userData && secretIn(userData);
  if (secret)
    report.lacking(
      path,
      `contains what looks like ${secret.kind} in line ${secret.line} (not shown here)`,
    );
}
