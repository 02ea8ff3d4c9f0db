import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { parseSpec } from "../core/spec.ts";
import {
  type GcpDeployersInput,
  type GcpDeployersSpec,
  gcpDeployersSpec,
} from "./deployers-schema.ts";
import { GcpFederation } from "./gcp-federation.ts";
import { onlyGranting } from "./gcp-lint.ts";
import { issuerOf, jobSubject, purposeOf } from "./subjects.ts";

export interface GcpDeployersArgs extends ComponentArgs {
  /** `deployers` of the environment's manifest with cloud, project and its number; see deployers-schema.ts. */
  readonly spec: GcpDeployersInput;
}

/**
 * Members of a project's IAM policy for CI jobs with the token of their platform: one repository, and one branch, tag or
 * environment each. No key is stored, and no service account is needed.
 *
 * @throws BlueprintError `manifest-invalid` with every problem of the spec, and every role with excess permissions.
 */
export class GcpDeployers extends BlueprintComponent {
  readonly cloud = "gcp";
  /** Each member, by its key, known after its roles are granted. */
  readonly members: Readonly<Record<string, pulumi.Output<string>>>;
  /** The audience of tokens, by issuer. */
  readonly audiences: Readonly<Record<string, pulumi.Output<string>>>;

  constructor(name: string, args: GcpDeployersArgs, opts?: pulumi.ComponentResourceOptions) {
    const spec = parseSpec(gcpDeployersSpec, args.spec, name);
    super("identity", "GcpDeployers", name, args, { spec }, opts);
    const federations = this.#federations(args, spec);
    this.audiences = Object.fromEntries(
      [...federations].map(([issuer, { audience }]) => [issuer, audience]),
    );
    this.members = Object.fromEntries(
      Object.entries(spec.deployers).flatMap(([key, { from }]) => {
        const federation = federations.get(issuerOf(from));
        return federation ? [[key, this.#member(spec, key, federation)]] : [];
      }),
    );
    this.registerOutputs({ members: this.members, audiences: this.audiences });
  }

  #federations(
    { ownership }: GcpDeployersArgs,
    { project, projectNumber, edition, deployers }: GcpDeployersSpec,
  ): ReadonlyMap<string, GcpFederation> {
    const jobs = Object.values(deployers).map(({ from }) => from);
    return new Map(
      [...new Set(jobs.map(issuerOf))].map((issuer) => {
        const purpose = purposeOf(issuer);
        const federation = new GcpFederation(
          this.named(purpose),
          {
            ownership,
            retain: this.retain,
            project,
            projectNumber,
            purpose,
            edition,
            issuer,
            subjects: [...new Set(jobs.filter((job) => issuerOf(job) === issuer).map(jobSubject))],
          },
          this.child(),
        );
        return [issuer, federation];
      }),
    );
  }

  #member(
    { project, deployers }: GcpDeployersSpec,
    key: string,
    federation: GcpFederation,
  ): pulumi.Output<string> {
    const { from, roles } = deployers[key] as GcpDeployersSpec["deployers"][string];
    const member = federation.memberOf(jobSubject(from));
    const granted = roles.map(
      ({ role, mayGrant }) =>
        new gcp.projects.IAMMember(
          this.named(`${key}-${role.replaceAll("/", "-")}`),
          {
            project,
            role,
            member,
            ...(mayGrant
              ? { condition: { title: "only-these-roles", expression: onlyGranting(mayGrant) } }
              : {}),
          },
          this.child(),
        ).id,
    );
    return pulumi.all([member, pulumi.all(granted)]).apply(([known]) => known);
  }
}
