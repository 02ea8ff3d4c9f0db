/** Access entries of a cluster, with their policies. */
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { ChildrenOf } from "../core/component.ts";
import { type AccessEntries, accessPolicies } from "./aws-schema.ts";

export function createAccessEntries(
  access: AccessEntries,
  clusterName: pulumi.Input<string>,
  { named, child }: ChildrenOf,
): pulumi.Resource[] {
  return Object.entries(access).flatMap(([key, { principalArn, policy, namespaces }]) => {
    const entry = new aws.eks.AccessEntry(
      named(`access-${key}`),
      { clusterName, principalArn, type: "STANDARD" },
      child(),
    );
    const association = new aws.eks.AccessPolicyAssociation(
      named(`access-${key}-policy`),
      {
        clusterName,
        principalArn,
        policyArn: `arn:aws:eks::aws:cluster-access-policy/${accessPolicies[policy]}`,
        accessScope:
          namespaces.length > 0 ? { type: "namespace", namespaces } : { type: "cluster" },
      },
      child({ dependsOn: entry }),
    );
    return [entry, association];
  });
}
