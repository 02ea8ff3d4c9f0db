/** Confused deputies: whether a trust policy says on whose behalf a role is assumed. Pure. */
import type { Conditions, Principals, Statement } from "../core/iam.ts";
import { asksFor, isAnything, knownTexts } from "./conditions.ts";
import type { Finding } from "./lint.ts";

/** On whose behalf a service acts. Source: "The confused deputy problem", IAM user guide. */
const behalf = ["aws:SourceAccount", "aws:SourceArn", "aws:SourceOrgID", "aws:SourceOrgPaths"];

/** Whom EKS Pod Identity acts for: all three, or any pod of the account could be given the role. */
const pods = ["eks-cluster-arn", "kubernetes-namespace", "kubernetes-service-account"].map(
  (tag) => `aws:RequestTag/${tag}`,
);

/** What another account has to bring. */
const strangers = ["sts:ExternalId", "aws:PrincipalOrgID"];

/** Everything wrong with a trust policy of a role in this account. */
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
          finding(`must ask for ${pods.join(", ")}, or for one of ${behalf.join(", ")}`, got),
        ),
        ...accounts(principals, conditions, account).map((got) =>
          finding(`must name a principal of ${account}, or ask for ${strangers.join(" or ")}`, got),
        ),
        ...federations(principals, conditions).map((message) => finding(message)),
      ];
    });
}

function services({ services }: Principals, conditions: Conditions): string[] {
  const guarded =
    behalf.some((key) => asksFor(conditions, key)) || pods.every((key) => asksFor(conditions, key));
  return guarded ? [] : knownTexts(services ?? []);
}

function accounts({ aws }: Principals, conditions: Conditions, account: string): string[] {
  return knownTexts(aws ?? []).filter((arn) => {
    if (isAnything(arn)) return true;
    const own = arn === account || arn.startsWith(`arn:aws:iam::${account}:`);
    return !own && !strangers.some((key) => asksFor(conditions, key));
  });
}

/** A provider signs for everybody who has an account with it: who it is and whom it is for have to be said, in full. */
function federations({ federated }: Principals, conditions: Conditions): string[] {
  if (federated === undefined) return [];
  const named = Object.entries(conditions.StringEquals ?? {});
  return ["sub", "aud"]
    .filter(
      (claim) =>
        !named.some(
          ([key, values]) =>
            key.endsWith(`:${claim}`) && !knownTexts(values).some((text) => /[*?]/.test(text)),
        ),
    )
    .map((claim) => `must ask for the token's ${claim} by StringEquals, in full`);
}
