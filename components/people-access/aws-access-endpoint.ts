import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { BlueprintError } from "../core/errors.ts";
import { nameIn } from "../core/place.ts";
import { parseSpec } from "../core/spec.ts";
import { deviceNames, usersName } from "./cedar.ts";
import {
  type AwsAccessEndpointInput,
  awsAccessEndpointSpec,
  type Devices,
  type Users,
} from "./schema.ts";

export interface AwsPeopleDoorArgs extends ComponentArgs {
  /** Plain settings; see schema.ts. */
  readonly spec: AwsAccessEndpointInput;
  /** Encrypts the data of Verified Access. The key policy must allow Verified Access. */
  readonly keyArn: pulumi.Input<string>;
  /** Encrypts the log. The key policy must allow CloudWatch Logs. */
  readonly logsKeyArn: pulumi.Input<string>;
  /** The client secret of the OpenID provider. Required with `users.type: oidc`. */
  readonly clientSecret?: pulumi.Input<string> | undefined;
}

/**
 * The access endpoint of an account and region: an AWS Verified Access instance with trust providers for users and devices, and an
 * access log. It has no network; cells attach their targets to it.
 *
 * @throws BlueprintError `manifest-invalid` with every problem of the spec.
 */
export class AwsPeopleDoor extends BlueprintComponent {
  readonly instanceId: pulumi.Output<string>;
  /** Name servers to delegate the client domain to. Empty without a client domain. */
  readonly nameServers: pulumi.Output<string[]>;

  constructor(name: string, args: AwsPeopleDoorArgs, opts?: pulumi.ComponentResourceOptions) {
    const spec = parseSpec(awsAccessEndpointSpec, args.spec, name);
    if (spec.users.type === "oidc" && args.clientSecret === undefined) {
      throw new BlueprintError("manifest-invalid", `${name} is not valid:`, [
        { path: "clientSecret", message: "is required with an OpenID provider" },
      ]);
    }
    super("people-access", "AwsPeopleDoor", name, args, { spec }, opts);
    const instance = new aws.verifiedaccess.Instance(
      this.named(),
      {
        description: `People of ${args.ownership.environment}`,
        ...(spec.clientDomain ? { cidrEndpointsCustomSubdomain: spec.clientDomain } : {}),
        tags: { Name: nameIn(args.ownership, "aws-name-tag", "people") },
      },
      this.child(),
    );
    const attached = [
      this.#attach("users", instance, this.#users(args, spec.users)),
      this.#attach("devices", instance, this.#devices(args, spec.devices)),
    ];
    this.#log(args, instance, spec.retentionDays);
    // Policies of targets name both trust providers, so targets must wait for the attachments.
    this.instanceId = pulumi
      .all([instance.id, ...attached.map(({ id }) => id)])
      .apply(([id]) => id as string);
    this.nameServers = instance.nameServers;
    this.registerOutputs({ instanceId: this.instanceId, nameServers: this.nameServers });
  }

  #users(args: AwsPeopleDoorArgs, users: Users): aws.verifiedaccess.TrustProvider {
    return new aws.verifiedaccess.TrustProvider(
      this.named("users"),
      {
        description: "Who somebody is",
        trustProviderType: "user",
        userTrustProviderType: users.type === "oidc" ? "oidc" : "iam-identity-center",
        policyReferenceName: usersName,
        ...(users.type === "oidc" ? openId(users, args.clientSecret ?? "") : {}),
        ...this.#encrypted(args),
        tags: { Name: nameIn(args.ownership, "aws-name-tag", "people", "users") },
      },
      this.#only(),
    );
  }

  #devices(args: AwsPeopleDoorArgs, devices: Devices): aws.verifiedaccess.TrustProvider {
    return new aws.verifiedaccess.TrustProvider(
      this.named("devices"),
      {
        description: "Whether a device is in order",
        trustProviderType: "device",
        deviceTrustProviderType: devices.type,
        policyReferenceName: deviceNames[devices.type],
        deviceOptions: { tenantId: devices.tenantId },
        ...this.#encrypted(args),
        tags: { Name: nameIn(args.ownership, "aws-name-tag", "people", "devices") },
      },
      // The provider does not send a new tenant: the old one would stay trusted.
      this.#only({ replaceOnChanges: ["deviceOptions.tenantId"] }),
    );
  }

  /** An instance has one trust provider of each type, so that an old one is detached before the new one is attached. */
  #only(opts: pulumi.CustomResourceOptions = {}): pulumi.CustomResourceOptions {
    return this.child({ ...opts, deleteBeforeReplace: true });
  }

  #encrypted({ keyArn }: AwsPeopleDoorArgs) {
    return { sseSpecification: { customerManagedKeyEnabled: true, kmsKeyArn: keyArn } };
  }

  #attach(
    key: string,
    instance: aws.verifiedaccess.Instance,
    provider: aws.verifiedaccess.TrustProvider,
  ): aws.verifiedaccess.InstanceTrustProviderAttachment {
    return new aws.verifiedaccess.InstanceTrustProviderAttachment(
      this.named(`${key}-attachment`),
      { verifiedaccessInstanceId: instance.id, verifiedaccessTrustProviderId: provider.id },
      this.#only(),
    );
  }

  #log(
    { ownership, logsKeyArn }: AwsPeopleDoorArgs,
    instance: aws.verifiedaccess.Instance,
    retentionInDays: number,
  ): void {
    const group = new aws.cloudwatch.LogGroup(
      this.named("log"),
      {
        // One resource policy statement of AWS covers all log groups with this prefix. Other names need one of a limited number.
        name: `/aws/vendedlogs/verified-access/${nameIn(ownership, "aws-name-tag", "people")}`,
        kmsKeyId: logsKeyArn,
        retentionInDays,
      },
      this.stateful(),
    );
    new aws.verifiedaccess.InstanceLoggingConfiguration(
      this.named("logging"),
      {
        verifiedaccessInstanceId: instance.id,
        accessLogs: {
          // Without the trust context, the log does not show why access was allowed or denied.
          includeTrustContext: true,
          logVersion: "ocsf-1.0.0-rc.2",
          cloudwatchLogs: { enabled: true, logGroup: group.name },
        },
      },
      this.child(),
    );
  }
}

/** Browsers use `oidcOptions`, the Connectivity Client for non-HTTP targets `nativeApplicationOidcOptions`. */
function openId(
  users: Extract<Users, { type: "oidc" }>,
  clientSecret: pulumi.Input<string>,
): Pick<aws.verifiedaccess.TrustProviderArgs, "oidcOptions" | "nativeApplicationOidcOptions"> {
  const { issuer, authorizationEndpoint, tokenEndpoint, userInfoEndpoint, clientId, scope } = users;
  const shared = {
    issuer,
    authorizationEndpoint,
    tokenEndpoint,
    userInfoEndpoint,
    clientId,
    clientSecret,
    scope,
  };
  const { publicSigningKeyEndpoint } = users;
  return {
    oidcOptions: shared,
    nativeApplicationOidcOptions: { ...shared, publicSigningKeyEndpoint },
  };
}
