import { unknown } from "./cell.ts";
import { passing } from "./passing.ts";
import { document } from "./passing-aws-account.ts";
import type { Change } from "./stack-changes.ts";

const instance = passing["aws:rds/clusterInstance:ClusterInstance"];

/** Changes of data services that violate one control. */
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
  {
    control: "IAM1",
    what: "a policy allows everything",
    of: "role-policy",
    to: { props: { policy: document({ Effect: "Allow", Action: "*", Resource: "*" }) } },
    blames: "role-policy",
    says: "policy.Statement[0]",
  },
  {
    control: "IAM4",
    what: "anyone can assume a role",
    of: "role",
    to: {
      props: { assumeRolePolicy: document({ Effect: "Allow", Principal: "*", Action: "sts:*" }) },
    },
    blames: "role",
    says: "anyone on AWS",
  },
  {
    control: "KMS2",
    what: "anyone can use a key",
    of: "key",
    to: {
      props: {
        ...passing["aws:kms/key:Key"],
        policy: document({ Effect: "Allow", Principal: "*", Action: "kms:*", Resource: "*" }),
      },
    },
    blames: "key",
    says: "policy.Statement[0]",
  },
];

/** Decisive values that are unknown until deployment. */
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
    says: "availabilityZone is unknown",
  },
  {
    control: "IAM1",
    what: "an attached policy that comes from no resource",
    of: "attachment",
    to: { from: { policyArn: [], role: ["role"] } },
    blames: "attachment",
    says: "policyArn is unknown",
  },
  {
    control: "IAM4",
    what: "a trust policy that comes from no resource",
    of: "role",
    to: { from: { assumeRolePolicy: [] } },
    blames: "role",
    says: "assumeRolePolicy is unknown",
  },
  {
    control: "KMS2",
    what: "a key's policy that comes from no resource",
    of: "key-policy",
    to: { from: { policy: [] } },
    blames: "key-policy",
    says: "policy is unknown",
  },
];
