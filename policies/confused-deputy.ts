/** Checks who can assume a role, and whether a service is open to the confused deputy problem. */
import { allowsAnyone, isLimited, type Statement } from "./iam-document.ts";

/**
 * Services that assume roles only for resources of the role's own account, so that the confused deputy problem does not apply.
 * Sources: the trust policies in the EC2, EKS and Lambda guides for instance profiles, clusters, nodes, pods and execution roles,
 * none of which has a source condition; IAM does not allow passing a role to another account's resource.
 */
const withoutDeputies = [
  "ec2.amazonaws.com",
  "edgelambda.amazonaws.com",
  "eks-fargate-pods.amazonaws.com",
  "eks.amazonaws.com",
  "lambda.amazonaws.com",
  "pods.eks.amazonaws.com",
];

/** Condition keys for the resource that a service acts for. Source: "The confused deputy problem", IAM user guide. */
const sourceKeys = ["aws:sourcearn", "aws:sourceaccount", "aws:sourceorgid", "aws:sourceorgpaths"];

/** Problems with the principals that a trust policy's statement allows. */
export function trustProblems(statement: Statement): readonly string[] {
  if (statement.effect !== "Allow") return [];
  return [
    ...(allowsAnyone(statement) ? ["anyone on AWS can assume the role"] : []),
    ...statement.principals.flatMap(({ kind, name }) => {
      if (kind === "Service") return ofService(name, statement);
      if (kind === "Federated") return ofProvider(name, statement);
      return [];
    }),
  ];
}

function ofService(name: string, statement: Statement): string[] {
  // In some partitions and regions the name contains a suffix or a region.
  const plain = name.replace(/\.amazonaws\.com\.cn$/, ".amazonaws.com");
  if (withoutDeputies.includes(plain) || isLimited(statement, sourceKeys)) return [];
  return [`no condition on aws:SourceArn or aws:SourceAccount limits for whom ${name} can act`];
}

/** The subject identifies a provider's user; the audience alone is the same for all users. */
function ofProvider(name: string, statement: Statement): string[] {
  const saml = name.includes(":saml-provider/");
  const wanted = saml
    ? [":aud"]
    : [":sub", ":aud"].slice(0, name.includes("oidc-provider/") ? 1 : 2);
  const keys = statement.conditions.map(({ key }) => key);
  const limiting = keys.filter((key) => wanted.some((end) => key.endsWith(end)));
  if (isLimited(statement, limiting)) return [];
  return [
    `no condition on ${wanted.join(" or ")} limits which users of ${name} can assume the role`,
  ];
}
