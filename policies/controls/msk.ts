import type { Control } from "../control.ts";
import { anyFact, isGiven } from "../known-values.ts";
import { refuseOff } from "../switches.ts";

const cluster = "aws:msk/cluster:Cluster";

/** Monitoring levels with metrics per broker and topic. */
const detailed = ["PER_TOPIC_PER_BROKER", "PER_TOPIC_PER_PARTITION"];

export const mskControls: readonly Control[] = [
  {
    id: "MSK1",
    policy: "msk1-enforce-tls",
    title: "Brokers of an MSK cluster use only TLS, with clients and with each other",
    severity: "high",
    remedy:
      'keep encryptionInfo.encryptionInTransit.clientBroker "TLS" and inCluster true, which are the defaults',
    requirements: {
      soc2: ["CC6.7"],
      "pci-dss-4": ["4.2.1"],
      hipaa: ["164.312(e)(1)"],
      gdpr: ["32"],
      ccpa: ["1798.150"],
    },
    resources: {
      [cluster]: ({ encryptionInfo }, report) => {
        const path = "encryptionInfo.encryptionInTransit";
        const inTransit = () => encryptionInfo?.encryptionInTransit;
        report.part(() => {
          const clients = inTransit()?.clientBroker ?? "TLS";
          if (clients !== "TLS") {
            report.wrong(`${path}.clientBroker`, clients, "clients can connect without TLS");
          }
        });
        const plain = "brokers replicate records in plain text";
        refuseOff(`${path}.inCluster`, () => inTransit()?.inCluster, plain, report);
      },
    },
  },
  {
    id: "MSK2",
    policy: "msk2-missing-customer-key",
    title: "Disks of an MSK cluster are encrypted with a customer managed key",
    severity: "medium",
    remedy: "set encryptionInfo.encryptionAtRestKmsKeyArn to the ARN of a KMS key",
    requirements: {
      soc2: ["CC6.1"],
      "pci-dss-4": ["3.5.1"],
      hipaa: ["164.312(a)(2)(iv)"],
      gdpr: ["32"],
      ccpa: ["1798.150"],
    },
    resources: {
      [cluster]: ({ encryptionInfo }, report) => {
        if (isGiven(encryptionInfo, "encryptionAtRestKmsKeyArn")) return;
        report.lacking(
          "encryptionInfo.encryptionAtRestKmsKeyArn",
          "is not set: AWS controls the key",
        );
      },
    },
  },
  {
    id: "MSK3",
    policy: "msk3-disallow-public-access",
    title: "Brokers of an MSK cluster have no public access",
    severity: "critical",
    remedy: 'keep brokerNodeGroupInfo.connectivityInfo.publicAccess.type "DISABLED"',
    requirements: {
      soc2: ["CC6.6"],
      "pci-dss-4": ["1.3.1"],
      hipaa: ["164.312(a)(1)"],
      ccpa: ["1798.150"],
      sox: ["ITGC-access"],
    },
    repeated: true,
    resources: {
      [cluster]: ({ brokerNodeGroupInfo }, report) => {
        const type = brokerNodeGroupInfo.connectivityInfo?.publicAccess?.type ?? "DISABLED";
        if (type === "DISABLED") return;
        const path = "brokerNodeGroupInfo.connectivityInfo.publicAccess.type";
        report.wrong(path, type, "the internet can reach the brokers");
      },
    },
  },
  {
    id: "MSK4",
    policy: "msk4-disallow-unauthenticated-clients",
    title: "An MSK cluster authenticates its clients",
    severity: "critical",
    remedy: "set clientAuthentication.sasl.iam to true and unauthenticated to false",
    requirements: {
      soc2: ["CC6.1"],
      "pci-dss-4": ["7.2.1"],
      hipaa: ["164.312(d)"],
      ccpa: ["1798.150"],
      sox: ["ITGC-access"],
    },
    repeated: true,
    resources: {
      [cluster]: ({ clientAuthentication: clients }, report) => {
        const path = "clientAuthentication";
        if (clients?.unauthenticated) {
          report.wrong(`${path}.unauthenticated`, true, "anyone who can reach a broker has access");
          return;
        }
        const known = anyFact(
          () => clients?.sasl?.iam === true,
          () => clients?.sasl?.scram === true,
          () => isGiven(clients?.tls, "certificateAuthorityArns"),
        );
        if (!known) report.lacking(path, "has no authentication method: anyone has access");
      },
    },
  },
  {
    id: "MSK5",
    policy: "msk5-enable-logs-and-monitoring",
    title: "An MSK cluster delivers broker logs and has metrics per topic",
    severity: "medium",
    remedy: `enable one of loggingInfo.brokerLogs and set enhancedMonitoring to ${detailed.join(" or ")}`,
    requirements: {
      soc2: ["CC7.2"],
      "pci-dss-4": ["10.2.1"],
      hipaa: ["164.312(b)"],
      gdpr: ["30"],
      sox: ["ITGC-operations"],
    },
    resources: {
      [cluster]: ({ loggingInfo, enhancedMonitoring }, report) => {
        report.part(() => {
          const logs = () => loggingInfo?.brokerLogs;
          const delivered = anyFact(
            () => logs()?.cloudwatchLogs?.enabled === true,
            () => logs()?.firehose?.enabled === true,
            () => logs()?.s3?.enabled === true,
          );
          if (!delivered) report.lacking("loggingInfo.brokerLogs", "has no destination");
        });
        report.part(() => {
          const level = enhancedMonitoring ?? "DEFAULT";
          if (detailed.includes(level)) return;
          report.wrong("enhancedMonitoring", level, "lag of a single topic is not visible");
        });
      },
    },
  },
];
