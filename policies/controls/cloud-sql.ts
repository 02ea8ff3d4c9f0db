import { widerThanPrivate } from "../addresses.ts";
import type { Control } from "../control.ts";
import { anyFact, isGiven } from "../known-values.ts";
import { requireOn } from "../switches.ts";

const instance = "gcp:sql/databaseInstance:DatabaseInstance";

/** Modes that refuse clients without TLS, which the default accepts. */
const tlsModes = ["ENCRYPTED_ONLY", "TRUSTED_CLIENT_CERTIFICATE_REQUIRED"];

export const cloudSqlControls: readonly Control[] = [
  {
    id: "SQL1",
    policy: "sql1-disallow-public-address",
    title: "Cloud SQL has no public IP address and no public authorized networks",
    severity: "critical",
    remedy:
      "set settings.ipConfiguration.ipv4Enabled to false and use Private Service Connect or a private network",
    requirements: {
      soc2: ["CC6.2"],
      "pci-dss-4": ["1.3.1"],
      hipaa: ["164.312(a)(1)"],
      ccpa: ["1798.150"],
      sox: ["ITGC-access"],
      "cis-gcp": ["6.5"],
    },
    repeated: true,
    resources: {
      [instance]: ({ settings }, report) => {
        const path = "settings.ipConfiguration";
        report.part(() => {
          const enabled = settings?.ipConfiguration?.ipv4Enabled;
          const why = "the instance has a public IP address";
          if (enabled) report.wrong(`${path}.ipv4Enabled`, enabled, why);
          else if (enabled !== false) {
            report.lacking(`${path}.ipv4Enabled`, `is not set: ${why}`);
          }
        });
        report.part(() => {
          const networks = settings?.ipConfiguration?.authorizedNetworks;
          report.each(`${path}.authorizedNetworks`, networks, ({ value }, at) => {
            if (widerThanPrivate(value)) report.wrong(at, value, "it is open to the internet");
          });
        });
      },
    },
  },
  {
    id: "SQL2",
    policy: "sql2-enforce-tls",
    title: "Cloud SQL accepts only TLS connections",
    severity: "high",
    remedy: `set settings.ipConfiguration.sslMode to ${tlsModes.join(" or ")}`,
    requirements: {
      soc2: ["CC6.7"],
      "pci-dss-4": ["4.2.1"],
      hipaa: ["164.312(e)(1)"],
      gdpr: ["32"],
      ccpa: ["1798.150"],
      "cis-gcp": ["6.4"],
    },
    resources: {
      [instance]: ({ settings }, report) => {
        const mode = settings?.ipConfiguration?.sslMode;
        const path = "settings.ipConfiguration.sslMode";
        const plain = "clients can connect without TLS";
        if (mode === undefined) report.lacking(path, `is not set: ${plain}`);
        else if (!tlsModes.includes(mode)) report.wrong(path, mode, plain);
      },
    },
  },
  {
    id: "SQL3",
    policy: "sql3-enable-backups-and-failover",
    title: "Cloud SQL has point-in-time recovery and fails over to another zone",
    severity: "high",
    remedy:
      'set settings.availabilityType to "REGIONAL", and in settings.backupConfiguration enabled and pointInTimeRecoveryEnabled (MySQL: binaryLogEnabled) to true',
    requirements: {
      soc2: ["A1.2", "CC7.4"],
      "pci-dss-4": ["10.3.3"],
      hipaa: ["164.308(a)(7)(i)", "164.308(a)(7)(ii)(A)"],
      gdpr: ["32"],
      sox: ["ITGC-operations"],
      "cis-gcp": ["6.8"],
    },
    resources: {
      [instance]: (it, report) => {
        // Only the primary is backed up and fails over.
        if (isGiven(it, "masterInstanceName")) return;
        const backups = () => it.settings?.backupConfiguration;
        const path = "settings.backupConfiguration";
        requireOn(`${path}.enabled`, () => backups()?.enabled, "nothing is backed up", report);
        report.part(() => {
          const toTheSecond = anyFact(
            () => backups()?.pointInTimeRecoveryEnabled === true,
            () => backups()?.binaryLogEnabled === true,
          );
          if (toTheSecond) return;
          report.lacking(
            `${path}.pointInTimeRecoveryEnabled`,
            "is not true: data since the last backup can be lost",
          );
        });
        report.part(() => {
          const type = it.settings?.availabilityType ?? "ZONAL";
          if (type === "REGIONAL") return;
          report.wrong("settings.availabilityType", type, "it is unavailable when its zone is");
        });
      },
    },
  },
];
