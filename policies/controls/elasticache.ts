import type { Control } from "../control.ts";
import { isGiven } from "../known-values.ts";
import { requireOn } from "../switches.ts";

const group = "aws:elasticache/replicationGroup:ReplicationGroup";

export const elasticacheControls: readonly Control[] = [
  {
    id: "EC1",
    policy: "ec1-enforce-tls",
    title: "Caches accept only TLS connections",
    severity: "medium",
    remedy: 'set transitEncryptionEnabled to true and keep transitEncryptionMode "required"',
    requirements: {
      soc2: ["CC6.7"],
      "pci-dss-4": ["4.2.1"],
      hipaa: ["164.312(e)(1)"],
      gdpr: ["32"],
      ccpa: ["1798.150"],
    },
    resources: {
      [group]: (cache, report) => {
        const plain = "keys and values are sent in plain text";
        requireOn("transitEncryptionEnabled", () => cache.transitEncryptionEnabled, plain, report);
        report.part(() => {
          const mode = cache.transitEncryptionMode;
          if (mode === "preferred") {
            report.wrong("transitEncryptionMode", mode, "clients can connect without TLS");
          }
        });
      },
    },
  },
  {
    id: "EC2",
    policy: "ec2-enable-storage-encryption",
    title: "Caches have encryption at rest",
    severity: "medium",
    remedy: "set atRestEncryptionEnabled to true, and kmsKeyId for a customer managed key",
    requirements: {
      soc2: ["CC6.1"],
      "pci-dss-4": ["3.5.1"],
      hipaa: ["164.312(a)(2)(iv)"],
      gdpr: ["32"],
      ccpa: ["1798.150"],
    },
    resources: {
      [group]: (cache, report) => {
        const path = "atRestEncryptionEnabled";
        // Encryption is on by default for Valkey, and off for Redis.
        const encrypted = () => cache[path] ?? (cache.engine === "valkey" || undefined);
        requireOn(path, encrypted, "snapshots and replication files are not encrypted", report);
      },
    },
  },
  {
    id: "EC3",
    policy: "ec3-missing-authentication",
    title: "Caches authenticate their clients",
    severity: "medium",
    remedy: "set userGroupIds to a user group, or authToken for old engines",
    requirements: {
      soc2: ["CC6.1"],
      "pci-dss-4": ["7.2.1"],
      hipaa: ["164.312(d)"],
      ccpa: ["1798.150"],
      sox: ["ITGC-access"],
    },
    resources: {
      [group]: (cache, report) => {
        const ways = ["userGroupIds", "authToken", "authTokenWo"] as const;
        if (ways.some((way) => isGiven(cache, way))) return;
        report.lacking("userGroupIds", "is not set: anyone who can reach the cache has access");
      },
    },
  },
  {
    id: "EC4",
    policy: "ec4-enable-failover",
    title: "Caches are in more than one zone and fail over automatically",
    severity: "medium",
    remedy: "set automaticFailoverEnabled and multiAzEnabled to true",
    requirements: { soc2: ["A1.2"], hipaa: ["164.308(a)(7)(i)"] },
    resources: {
      [group]: (cache, report) => {
        for (const path of ["automaticFailoverEnabled", "multiAzEnabled"] as const) {
          requireOn(path, () => cache[path], "the cache is unavailable when its zone is", report);
        }
      },
    },
  },
  {
    id: "EC5",
    policy: "ec5-enable-snapshots",
    title: "Caches take daily snapshots",
    severity: "high",
    remedy: "set snapshotRetentionLimit to one day or more",
    requirements: {
      soc2: ["A1.2", "CC7.4"],
      "pci-dss-4": ["10.3.3"],
      hipaa: ["164.308(a)(7)(ii)(A)"],
    },
    resources: {
      [group]: ({ snapshotRetentionLimit: days }, report) => {
        const path = "snapshotRetentionLimit";
        if (days === undefined) report.lacking(path, "is not set: no snapshot is taken");
        else if (days < 1) report.wrong(path, days, "no snapshot is taken");
      },
    },
  },
];
