/** Connections to Aurora: over TLS that is verified, as one role, with a token of IAM or a password. */
import { readFileSync } from "node:fs";
import postgres from "postgres";

/** The certificate authorities of Amazon, those of RDS among them, which Lambda's runtimes have in this file. */
const authorities = "/var/runtime/ca-cert.pem";

/**
 * @typedef {object} Server
 * @property {string} host
 * @property {number} port
 */

/**
 * @param {Server} server
 * @param {{ user: string, password: () => Promise<string> }} as
 * @param {Record<string, unknown>} [ssl] replaces what TLS is verified with, for tests
 * @returns {import("./databases.mjs").Connect}
 */
export function connectionsTo({ host, port }, { user, password }, ssl) {
  return async (database) => {
    const sql = postgres({
      host,
      port,
      user,
      database,
      password,
      ssl: ssl ?? {
        ca: readFileSync(authorities, "utf8"),
        servername: host,
        rejectUnauthorized: true,
      },
      max: 1,
      connect_timeout: 30,
      // Types and statements are not cached: each statement runs once.
      fetch_types: false,
      prepare: false,
      onnotice: () => undefined,
      connection: { application_name: "atoll-tenants" },
    });
    return {
      run: async (statement) => [...(await sql.unsafe(statement))],
      end: () => sql.end({ timeout: 5 }),
    };
  };
}
