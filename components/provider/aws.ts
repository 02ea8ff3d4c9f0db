import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { goDuration } from "../core/units.ts";
import type { AssumeRole, Credentials } from "./credentials.ts";

/**
 * The provider for an account and region. It assumes the role that `credentials` names for the account, and refuses credentials
 * of another account before it creates anything.
 */
export function awsProvider(
  name: string,
  { account, region }: { readonly account: string; readonly region: string },
  { accounts }: Credentials,
  opts: pulumi.ResourceOptions = {},
): aws.Provider {
  const role = accounts[account]?.assumeRole;
  return new aws.Provider(
    name,
    {
      region,
      allowedAccountIds: [account],
      ...(role && { assumeRoles: [assumed(role)] }),
    },
    opts,
  );
}

function assumed(role: AssumeRole): aws.types.input.ProviderAssumeRole {
  const { roleArn, externalId, sessionTags, sessionName, duration } = role;
  return {
    roleArn,
    ...(externalId !== undefined && { externalId }),
    ...(sessionName !== undefined && { sessionName }),
    ...(duration !== undefined && { duration: goDuration(duration) }),
    ...(Object.keys(sessionTags).length > 0 && { tags: sessionTags }),
  };
}
