/** Who may assume a role, and whether a service that acts for others could be talked into it. */
import { isLimited, letsAnybodyIn, type Statement } from "./iam-document.ts";

/**
 * Services that assume roles only for resources of the role's own account, so that there is nobody to be confused by. Sources:
 * the trust policies that the EC2, EKS and Lambda guides give for instance profiles, clusters, nodes, pods and execution roles,
 * none of which names a source; IAM lets nobody pass a role to another account's resource.
 */
const withoutDeputies = [
  "ec2.amazonaws.com",
  "edgelambda.amazonaws.com",
  "eks-fargate-pods.amazonaws.com",
  "eks.amazonaws.com",
  "lambda.amazonaws.com",
  "pods.eks.amazonaws.com",
];

/** What a service says about whom it acts for. Source: "The confused deputy problem", IAM user guide. */
const sourceKeys = ["aws:sourcearn", "aws:sourceaccount", "aws:sourceorgid", "aws:sourceorgpaths"];

/** What is wrong with whom a trust policy's statement lets in. */
export function distrust(statement: Statement): readonly string[] {
  if (statement.effect !== "Allow") return [];
  return [
    ...(letsAnybodyIn(statement) ? ["everybody on AWS may assume the role"] : []),
    ...statement.principals.flatMap(({ kind, name }) => {
      if (kind === "Service") return ofService(name, statement);
      if (kind === "Federated") return ofProvider(name, statement);
      return [];
    }),
  ];
}

function ofService(name: string, statement: Statement): string[] {
  // In some partitions and regions the name has a suffix or a region.
  const plain = name.replace(/\.amazonaws\.com\.cn$/, ".amazonaws.com");
  if (withoutDeputies.includes(plain) || isLimited(statement, sourceKeys)) return [];
  return [`no condition on aws:SourceArn or aws:SourceAccount says for whom ${name} may act`];
}

/** Whom a provider vouches for is in the subject; the audience alone is the same for all its users. */
function ofProvider(name: string, statement: Statement): string[] {
  const saml = name.includes(":saml-provider/");
  const wanted = saml
    ? [":aud"]
    : [":sub", ":aud"].slice(0, name.includes("oidc-provider/") ? 1 : 2);
  const keys = statement.conditions.map(({ key }) => key);
  const limiting = keys.filter((key) => wanted.some((end) => key.endsWith(end)));
  if (isLimited(statement, limiting)) return [];
  return [`no condition on ${wanted.join(" or ")} says which users of ${name} may assume the role`];
}
