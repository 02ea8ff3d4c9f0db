/** The keys of an account's audit buckets, in their names. */
export const auditBuckets = {
  trail: "audit",
  config: "audit-config",
  services: "audit-services",
  accessLogs: "audit-access-logs",
} as const;
