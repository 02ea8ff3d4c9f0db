import type * as pulumi from "@pulumi/pulumi";
import { awsProvider } from "./aws.ts";
import { ambientCredentials, type Credentials } from "./credentials.ts";
import { gcpProvider } from "./gcp.ts";
import type { CloudTarget } from "./target.ts";

/** The explicit providers of a target, by package, in the form of `opts.providers`. Stacks never use default providers. */
export function createProviders(
  name: string,
  target: CloudTarget,
  credentials: Credentials = ambientCredentials,
  opts: pulumi.ResourceOptions = {},
): Record<string, pulumi.ProviderResource> {
  switch (target.cloud) {
    case "aws":
      return { aws: awsProvider(name, target, credentials, opts) };
    case "gcp":
      return { gcp: gcpProvider(name, target, credentials, opts) };
    case "onprem":
      return {};
  }
}
