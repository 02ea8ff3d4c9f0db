import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

/** The provider of an account and region. Credentials of another account are refused before anything is made. */
export function awsProvider(
  name: string,
  { account, region }: { readonly account: string; readonly region: string },
  opts: pulumi.ResourceOptions = {},
): aws.Provider {
  return new aws.Provider(name, { region, allowedAccountIds: [account] }, opts);
}
