/** Settings that change in place without a resource that shows it, and why. */
export const unplanned: readonly (readonly [field: RegExp, reason: string])[] = [
  [/\.dailyVolume$/, "it is only compared with the disks of brokers"],
  [/^database\.\w+\.(connections|objectives\..*)$/, "they are only compared with what is possible"],
  [/^cache\.\w+\.dataGiB$/, "it is only compared with the memory of the size"],
  [/\.personalData\.erasure$/, "it only decides which cleanup is valid"],
  [/^cluster\.aws\.addons/, "the node pools install the add-ons that need nodes"],
  [/^nodePools\.gcp\.\*\.vcpus\.max$/, "the smallest machine type that fits is used"],
  [/^nodePools\.onprem\.\*\.size\./, "nodes of a site are only counted"],
  [/^stream\.aws\.storage\.size$/, "with auto scaling, MSK decides the size after the creation"],
  [
    /^eventSourcing\.aws\.aggregates\.\*\.(partitions|\w*[rR]etention|cleanup|audit)$/,
    "its topics are the stream's, and tried there",
  ],
  [/^stream\.aws\.clients/, "the roles of workloads have the permissions of clients"],
  [/^eventSourcing\.(gcp|onprem)\.aggregates/, "its topics are the stream's, and tried there"],
  [/^network\.onprem\./, "the network policies of other sections have them"],
  [/^secrets\.gcp\.secrets\.\*\.rotation\.firstAt$/, "Google moves the time after each rotation"],
  [/^tenancy\.(aws|gcp|onprem)\./, "it only decides which tenants a cell can have"],
  [/^audit\.onprem\.logPath$/, "an output, with which sites start their API servers"],
  [/^dns\.retentionDays$/, "the cells have the query logs"],
  [/^people\.groups\.\*\.(who|identityCenterId|reaches)$/, "the cells have the groups' policies"],
  [/^people\.aws\.devices\.minimumScore$/, "the cells have the groups' policies"],
];
