/** The TLS parameter of each RDS engine, and its default. */
import { firstOf } from "./known-values.ts";
import type { Report } from "./report.ts";

interface TlsParameter {
  readonly name: string;
  /** Whether TLS is required by the parameter's default. */
  readonly onByDefault: boolean;
  /** Whether it is a cluster parameter, as on Aurora. */
  readonly ofCluster: boolean;
}

/**
 * The parameter of a family such as `aurora-postgresql17`, or of an engine and its version; undefined for engines without one.
 * Source: "Using SSL/TLS to encrypt a connection", RDS and Aurora user guides: PostgreSQL requires TLS by default since 15 on RDS
 * and since 17 on Aurora.
 */
export function tlsParameter(family: string): TlsParameter | undefined {
  const [, engine = "", major = "0"] = /^([a-z-]+?)-?(\d+)?(\..*)?$/.exec(family) ?? [];
  const ofCluster = engine.startsWith("aurora");
  if (engine.includes("postgres")) {
    const onByDefault = Number(major) >= (ofCluster ? 17 : 15);
    return { name: "rds.force_ssl", onByDefault, ofCluster };
  }
  if (engine.startsWith("sqlserver")) {
    return { name: "rds.force_ssl", onByDefault: false, ofCluster };
  }
  if (engine.includes("mysql") || engine.startsWith("mariadb")) {
    return { name: "require_secure_transport", onByDefault: false, ofCluster };
  }
  return undefined;
}

interface ParameterGroup {
  readonly family: string;
  readonly parameters?: readonly { readonly name: string; readonly value: string }[] | undefined;
}

/** Reports a parameter group that does not require TLS. */
export function judgeTls(group: ParameterGroup, level: "cluster" | "instance", report: Report) {
  const tls = tlsParameter(group.family);
  if (!tls || (tls.ofCluster && level === "instance")) return;
  const given = firstOf(group.parameters, ({ name }) => name === tls.name);
  if (!given && !tls.onByDefault) {
    report.lacking("parameters", `does not set ${tls.name}, which is off by default`);
  } else if (given && !["1", "on", "true"].includes(String(given.value).toLowerCase())) {
    report.wrong(`parameters.${tls.name}`, given.value, "clients can connect without TLS");
  }
}
