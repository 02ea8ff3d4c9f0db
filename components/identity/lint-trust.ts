/** Checks trust policies for confused deputies: they must restrict on whose behalf a role is assumed. Pure. */
import type { Conditions, Principals, Statement } from "../core/iam.ts";
import { isAnything, knownStrings, requiresKey } from "./conditions.ts";
import type { Finding } from "./lint.ts";

/** Condition keys for the principal that a service acts for. Source: "The confused deputy problem", IAM user guide. */
const sourceKeys = ["aws:SourceAccount", "aws:SourceArn", "aws:SourceOrgID", "aws:SourceOrgPaths"];

/** Condition keys for EKS Pod Identity: without all three, any pod of the account could get the role. */
const podKeys = ["eks-cluster-arn", "kubernetes-namespace", "kubernetes-service-account"].map(
  (tag) => `aws:RequestTag/${tag}`,
);

/** Condition keys for principals of other accounts. */
const externalAccountKeys = ["sts:ExternalId", "aws:PrincipalOrgID"];

/** All problems of the trust policy of a role in this account. */
export function trustProblems(statements: readonly Statement[], account: string): Finding[] {
  return statements
    .filter(({ effect = "Allow" }) => effect === "Allow")
    .flatMap((statement) => {
      const { sid, principals, conditions = {} } = statement;
      const finding = (message: string, got?: unknown): Finding => ({
        rule: "principal",
        sid,
        message,
        ...(got === undefined ? {} : { got }),
      });
      if (principals === undefined || principals === "anyone") {
        return [finding("must name who may assume the role")];
      }
      return [
        ...services(principals, conditions).map((got) =>
          finding(
            `must require ${podKeys.join(", ")}, or for one of ${sourceKeys.join(", ")}`,
            got,
          ),
        ),
        ...accounts(principals, conditions, account).map((got) =>
          finding(
            `must name a principal of ${account}, or require ${externalAccountKeys.join(" or ")}`,
            got,
          ),
        ),
        ...federations(principals, conditions).map((message) => finding(message)),
      ];
    });
}

function services({ services }: Principals, conditions: Conditions): string[] {
  const guarded =
    sourceKeys.some((key) => requiresKey(conditions, key)) ||
    podKeys.every((key) => requiresKey(conditions, key));
  return guarded ? [] : knownStrings(services ?? []);
}

function accounts({ aws }: Principals, conditions: Conditions, account: string): string[] {
  return knownStrings(aws ?? []).filter((arn) => {
    if (isAnything(arn)) return true;
    const own = arn === account || arn.startsWith(`arn:aws:iam::${account}:`);
    return !own && !externalAccountKeys.some((key) => requiresKey(conditions, key));
  });
}

/** A provider signs tokens for all of its users: subject and audience must be complete. */
function federations({ federated }: Principals, conditions: Conditions): string[] {
  if (federated === undefined) return [];
  const named = Object.entries(conditions.StringEquals ?? {});
  return ["sub", "aud"]
    .filter(
      (claim) =>
        !named.some(
          ([key, values]) =>
            key.endsWith(`:${claim}`) && !knownStrings(values).some((text) => /[*?]/.test(text)),
        ),
    )
    .map((claim) => `must require the token's complete ${claim} with StringEquals`);
}
