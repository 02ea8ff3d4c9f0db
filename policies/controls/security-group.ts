import { widerThanPrivate } from "../addresses.ts";
import type { Control, ResourceChecks } from "../control.ts";
import { ingressChecks, opensAllPorts, opensAny, reportOpen } from "../ingress.ts";

const adminPorts = [22, 3389];

/** Default ports of data services. */
const dataPorts: Readonly<Record<number, string>> = {
  1433: "SQL Server",
  1521: "Oracle",
  2181: "ZooKeeper",
  3306: "MySQL",
  5432: "PostgreSQL",
  5439: "Redshift",
  6379: "Redis and Valkey",
  6380: "Redis and Valkey",
  8182: "Neptune",
  9042: "Cassandra",
  9092: "Kafka",
  9094: "Kafka",
  9096: "Kafka",
  9098: "Kafka",
  9192: "Kafka",
  9194: "Kafka",
  9196: "Kafka",
  9198: "Kafka",
  9200: "OpenSearch",
  11211: "Memcached",
  27017: "MongoDB and DocumentDB",
};

/** A prefix list with public blocks opens every rule that refers to it, which the rules themselves do not show. */
const prefixLists: ResourceChecks = {
  "aws:ec2/managedPrefixList:ManagedPrefixList": ({ entries }, report) =>
    report.each("entries", entries, ({ cidr }, path) => {
      if (widerThanPrivate(cidr)) {
        report.wrong(
          `${path}.cidr`,
          cidr,
          "every rule that refers to this list is open to the internet",
        );
      }
    }),
  "aws:ec2/managedPrefixListEntry:ManagedPrefixListEntry": ({ cidr }, report) => {
    if (widerThanPrivate(cidr)) {
      report.wrong("cidr", cidr, "every rule that refers to its list is open to the internet");
    }
  },
};

export const securityGroupControls: readonly Control[] = [
  {
    id: "SG1",
    policy: "sg1-disallow-open-admin-ports",
    title: "Security groups do not let the internet reach SSH or RDP",
    severity: "high",
    remedy: "remove the rule and use Session Manager, or limit it to the CIDR blocks that need it",
    requirements: {
      soc2: ["CC6.6"],
      "pci-dss-4": ["1.3.1"],
      hipaa: ["164.312(e)(1)"],
      ccpa: ["1798.150"],
      sox: ["ITGC-access"],
      "cis-aws": ["6.3", "6.4"],
    },
    repeated: true,
    resources: ingressChecks((rule, report) =>
      reportOpen(
        rule,
        () => opensAny(rule, adminPorts) !== undefined,
        (block) => `${block} lets the internet reach port ${opensAny(rule, adminPorts)}`,
        report,
      ),
    ),
  },
  {
    id: "SG2",
    policy: "sg2-disallow-open-all-ports",
    title: "Security groups do not let the internet reach all ports",
    severity: "critical",
    remedy: "limit the rule to the ports and CIDR blocks that need it",
    requirements: {
      soc2: ["CC6.6"],
      "pci-dss-4": ["1.3.1"],
      hipaa: ["164.312(e)(1)"],
      ccpa: ["1798.150"],
      sox: ["ITGC-access"],
      "cis-aws": ["6.3", "6.4"],
    },
    repeated: true,
    resources: {
      ...ingressChecks((rule, report) =>
        reportOpen(
          rule,
          () => opensAllPorts(rule),
          (block) => `${block} lets the internet reach every port`,
          report,
        ),
      ),
      ...prefixLists,
    },
  },
  {
    id: "SG3",
    policy: "sg3-disallow-open-data-ports",
    title: "Security groups do not let the internet reach databases, streams or caches",
    severity: "high",
    remedy: "use the clients' security group as the source instead of a CIDR block",
    requirements: {
      soc2: ["CC6.6"],
      "pci-dss-4": ["1.3.1"],
      hipaa: ["164.312(a)(1)"],
      gdpr: ["32"],
      ccpa: ["1798.150"],
      sox: ["ITGC-access"],
    },
    repeated: true,
    resources: ingressChecks((rule, report) => {
      const ports = Object.keys(dataPorts).map(Number);
      reportOpen(
        rule,
        () => opensAny(rule, ports) !== undefined,
        (block) => {
          const port = opensAny(rule, ports) ?? 0;
          return `${block} lets the internet reach port ${port} (${dataPorts[port]})`;
        },
        report,
      );
    }),
  },
];
