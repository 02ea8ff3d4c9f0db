import type * as pulumi from "@pulumi/pulumi";
import { awsProvider } from "./aws.ts";
import { ambientCredentials, type Credentials } from "./credentials.ts";
import { gcpProvider } from "./gcp.ts";
import type { Landing } from "./landing.ts";

/**
 * The providers for a landing place, by package, as `opts.providers` takes them. Stacks make them explicitly: nothing runs on
 * ambient defaults.
 */
export function createProviders(
  name: string,
  landing: Landing,
  credentials: Credentials = ambientCredentials,
  opts: pulumi.ResourceOptions = {},
): Record<string, pulumi.ProviderResource> {
  switch (landing.cloud) {
    case "aws":
      return { aws: awsProvider(name, landing, credentials, opts) };
    case "gcp":
      return { gcp: gcpProvider(name, landing, credentials, opts) };
    case "onprem":
      return {};
  }
}
