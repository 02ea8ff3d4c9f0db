/** When PgBouncer releases a connection: after each transaction, or when the client disconnects. */
export const poolModes = ["transaction", "session"] as const;
export type PoolMode = (typeof poolModes)[number];
