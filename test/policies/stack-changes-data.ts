import { unknown } from "./cell.ts";
import { passing } from "./passing.ts";
import type { Change } from "./stack-changes.ts";

const instance = passing["aws:rds/clusterInstance:ClusterInstance"];

/** Changes of stores of data that break one control. */
export const breakingData: readonly Change[] = [
  {
    control: "RDS4",
    what: "the second instance is gone",
    of: "database-2",
    blames: "database",
    says: "has one instance",
  },
  {
    control: "RDS4",
    what: "the second instance is in the zone of the first",
    of: "database-2",
    to: { props: { ...instance, clusterIdentifier: unknown } },
    blames: "database",
    says: "2 instances in one zone",
  },
  {
    control: "RDS4",
    what: "the second instance is another cluster's",
    of: "database-2",
    to: { from: { clusterIdentifier: ["elsewhere"] } },
    blames: "database",
    says: "has one instance",
  },
];

/** Values that are not known until deployment and that decide. */
export const unknownsData: readonly Change[] = [
  {
    control: "RDS4",
    what: "the zone of an instance",
    of: "database-2",
    to: {
      props: { ...instance, clusterIdentifier: unknown, availabilityZone: unknown },
      from: { clusterIdentifier: ["database"], availabilityZone: ["elsewhere"] },
    },
    blames: "database",
    says: "availabilityZone is not known",
  },
];
