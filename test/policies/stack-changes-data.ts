import { unknown } from "./cell.ts";
import { passing } from "./passing.ts";
import { document } from "./passing-aws-account.ts";
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
  {
    control: "IAM1",
    what: "a policy allows everything after all",
    of: "role-policy",
    to: { props: { policy: document({ Effect: "Allow", Action: "*", Resource: "*" }) } },
    blames: "role-policy",
    says: "policy.Statement[0]",
  },
  {
    control: "IAM4",
    what: "everybody may assume a role after all",
    of: "role",
    to: {
      props: { assumeRolePolicy: document({ Effect: "Allow", Principal: "*", Action: "sts:*" }) },
    },
    blames: "role",
    says: "everybody on AWS",
  },
  {
    control: "KMS2",
    what: "everybody may use a key after all",
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
  {
    control: "IAM1",
    what: "an attached policy that comes from no resource",
    of: "attachment",
    to: { from: { policyArn: [], role: ["role"] } },
    blames: "attachment",
    says: "policyArn is not known",
  },
  {
    control: "IAM4",
    what: "a trust policy that comes from no resource",
    of: "role",
    to: { from: { assumeRolePolicy: [] } },
    blames: "role",
    says: "assumeRolePolicy is not known",
  },
  {
    control: "KMS2",
    what: "a key's policy that comes from no resource",
    of: "key-policy",
    to: { from: { policy: [] } },
    blames: "key-policy",
    says: "policy is not known",
  },
];
