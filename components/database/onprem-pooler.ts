/** How PgBouncer shares connections: after each transaction, or when the client leaves. */
export const poolModes = ["transaction", "session"] as const;
export type PoolMode = (typeof poolModes)[number];
