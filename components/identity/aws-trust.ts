/** The trust of a role in tokens of one issuer and one subject. Pure. */
import type * as pulumi from "@pulumi/pulumi";
import type { Statement } from "../core/iam.ts";
import { documentLimits } from "../core/service-limits.ts";

/** The default audience of AWS's tools. */
export const awsAudience = "sts.amazonaws.com";

export interface FederatedTrust {
  /** The OIDC provider in IAM, and the `https://` URL of its issuer. */
  readonly providerArn: pulumi.Input<string>;
  readonly issuer: string;
  /** The token's `sub`, in full. */
  readonly subject: string;
}

export function trustStatement({ providerArn, issuer, subject }: FederatedTrust): Statement {
  const claims = issuer.replace("https://", "");
  return {
    sid: "Federate",
    principals: { federated: providerArn },
    actions: "sts:AssumeRoleWithWebIdentity",
    conditions: {
      StringEquals: { [`${claims}:aud`]: awsAudience, [`${claims}:sub`]: subject },
    },
  };
}

/** ARN of the provider that IAM creates for an issuer. */
export function providerArn(account: string, issuer: string): string {
  return `arn:aws:iam::${account}:oidc-provider/${issuer.replace("https://", "")}`;
}

/** Room for the document around the statement: names of its fields and the version. */
const frame = 100;

/** Why a role cannot have this trust. Undefined if it can. */
export function trustSizeProblem(
  account: string,
  issuer: string,
  subject: string,
): string | undefined {
  const most = documentLimits.trustPolicy.characters;
  const statement = trustStatement({ providerArn: providerArn(account, issuer), issuer, subject });
  const size = JSON.stringify(statement).length + frame;
  return size <= most
    ? undefined
    : `results in a trust policy of ${size} characters, and AWS allows ${most}: use shorter names`;
}
