import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { policyDocument } from "./iam.ts";
import { physicalName } from "./naming.ts";
import type { RolePolicies } from "./role-policies.ts";

export interface RolePolicyNames {
  /** Pulumi name of the inline policy; those of managed ones begin with it. */
  readonly resource: string;
  /** Name of the inline policy in the role. */
  readonly inline: string;
  /** Physical name of the role, which names of managed policies begin with. */
  readonly role: string;
}

/**
 * Gives a role its policies. Managed ones come first: when a statement moves from the inline policy to a managed one, the role never
 * lacks it.
 */
export function grantRole(
  role: aws.iam.Role,
  { inline, managed }: RolePolicies,
  names: RolePolicyNames,
  options: pulumi.CustomResourceOptions,
): aws.iam.RolePolicy {
  const attached = managed.map((statements, index) => {
    const name = `${names.resource}-${index + 2}`;
    const policy = new aws.iam.Policy(
      name,
      {
        name: physicalName("iam-policy", [names.role, names.inline, String(index + 2)]),
        description: `Continues the inline policy ${names.inline} of ${names.role}`,
        policy: policyDocument(statements),
      },
      options,
    );
    return new aws.iam.RolePolicyAttachment(
      `${name}-attachment`,
      { role: role.name, policyArn: policy.arn },
      options,
    );
  });
  return new aws.iam.RolePolicy(
    names.resource,
    { name: names.inline, role: role.name, policy: policyDocument(inline) },
    attached.length === 0 ? options : { ...options, dependsOn: attached },
  );
}
