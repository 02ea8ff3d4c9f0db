/** Parameters of Aurora PostgreSQL: pure, so that a reader sees at once what differs from Amazon's own. */
import type { PostgresMajor } from "./versions.ts";

export interface Parameter {
  readonly name: string;
  readonly value: string;
  /** Static parameters only change with a reboot, and RDS refuses `immediate` for them. */
  readonly applyMethod: "immediate" | "pending-reboot";
}

export function parameterFamily(major: PostgresMajor): string {
  return `aurora-postgresql${major}`;
}

/** For the whole cluster: TLS or nothing, and an audit trail of who changed what. */
export function clusterParameters(major: PostgresMajor): Parameter[] {
  return [
    { name: "rds.force_ssl", value: "1", applyMethod: "immediate" },
    { name: "ssl_min_protocol_version", value: "TLSv1.2", applyMethod: "immediate" },
    {
      name: "shared_preload_libraries",
      value: "pg_stat_statements,pgaudit",
      applyMethod: "pending-reboot",
    },
    // Changes of structure and of rights. Statements that read or write are the extension's object audit: by grants to a role.
    { name: "pgaudit.log", value: "ddl,role", applyMethod: "immediate" },
    { name: "log_disconnections", value: "1", applyMethod: "immediate" },
    // Since 18 it is a list of stages and no longer a switch.
    ...(Number(major) < 18
      ? [{ name: "log_connections", value: "1", applyMethod: "immediate" } as const]
      : []),
  ];
}

/** For each instance: what it tells about slow and blocked work. Times in milliseconds, sizes in kB. */
export const instanceParameters: readonly Parameter[] = [
  { name: "log_lock_waits", value: "1", applyMethod: "immediate" },
  { name: "log_min_duration_statement", value: "1000", applyMethod: "immediate" },
  { name: "log_temp_files", value: "10240", applyMethod: "immediate" },
];
