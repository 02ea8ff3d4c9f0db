/** Ports of caches. */

/** Of all caches with nodes. */
export const valkeyPort = 6379;

/** Of a serverless cache. Source: "Connecting to serverless caches", ElastiCache user guide. */
export const serverlessPorts = { writes: 6379, reads: 6380 } as const;
