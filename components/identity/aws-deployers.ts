import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import type { Statement } from "../core/iam.ts";
import { nameIn } from "../core/place.ts";
import { parseSpec } from "../core/spec.ts";
import { AwsFederatedRole } from "./aws-federated-role.ts";
import { awsAudience, providerArn } from "./aws-trust.ts";
import {
  type AwsDeployersInput,
  type AwsDeployersSpec,
  awsDeployersSpec,
} from "./deployers-schema.ts";
import { issuerOf, jobSubject } from "./subjects.ts";

export interface AwsDeployersArgs extends ComponentArgs {
  /** `deployers` of the environment's manifest with cloud and account; see deployers-schema.ts. */
  readonly spec: AwsDeployersInput;
}

/**
 * Roles that CI jobs assume with the token of their platform: one repository, and one branch, tag or environment each. No key
 * is stored.
 *
 * @throws BlueprintError `manifest-invalid` with every problem of the spec, and every statement with excess permissions.
 */
export class AwsDeployers extends BlueprintComponent {
  readonly cloud = "aws";
  /** ARN of each role, by its key. */
  readonly roleArns: Readonly<Record<string, pulumi.Output<string>>>;

  constructor(name: string, args: AwsDeployersArgs, opts?: pulumi.ComponentResourceOptions) {
    const spec = parseSpec(awsDeployersSpec, args.spec, name);
    super("identity", "AwsDeployers", name, args, { spec }, opts);
    const issuers = new Set(Object.values(spec.deployers).map(({ from }) => issuerOf(from)));
    const providers = Object.fromEntries(
      [...issuers].map((issuer) => [issuer, this.#provider(spec, issuer)]),
    );
    this.roleArns = Object.fromEntries(
      Object.entries(spec.deployers).map(([key, { from, statements, boundary, hours }]) => {
        const issuer = issuerOf(from);
        const role = new AwsFederatedRole(
          this.named(key),
          {
            ownership: args.ownership,
            retain: this.retain,
            account: spec.account,
            roleName: nameIn(args.ownership, "iam-role", "deploy", key),
            description: `Jobs of ${from.platform}: ${jobSubject(from)}`.slice(0, 1000),
            providerArn: providers[issuer] ?? providerArn(spec.account, issuer),
            issuer,
            subject: jobSubject(from),
            statements: statements as Statement[],
            longest: statements as Statement[],
            hours,
            ...(boundary === undefined ? {} : { boundary }),
          },
          this.child(),
        );
        return [key, role.arn];
      }),
    );
    this.registerOutputs({ roleArns: this.roleArns });
  }

  #provider({ providers, account }: AwsDeployersSpec, issuer: string): pulumi.Input<string> {
    if (providers === "present") return providerArn(account, issuer);
    return new aws.iam.OpenIdConnectProvider(
      this.named(new URL(issuer).hostname.replaceAll(".", "-")),
      { url: issuer, clientIdLists: [awsAudience] },
      this.child(),
    ).arn;
  }
}
