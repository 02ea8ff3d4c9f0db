import type * as pulumi from "@pulumi/pulumi";
import { AwsPeopleAccess, type AwsPeopleAccessArgs } from "./aws.ts";
import { GcpPeopleAccess, type GcpPeopleAccessArgs } from "./gcp.ts";

export type PeopleAccess = AwsPeopleAccess | GcpPeopleAccess;

type AwsArgs = { readonly cloud: "aws" } & AwsPeopleAccessArgs;
type GcpArgs = { readonly cloud: "gcp" } & GcpPeopleAccessArgs;
type Options = pulumi.ComponentResourceOptions;

/** The arguments for one cloud, distinguished by `cloud`. */
export type PeopleAccessArgs = AwsArgs | GcpArgs;

/** Access of people to private resources of a cell. Not supported on-premises: see `peopleProblems`. */
export function createPeopleAccess(name: string, args: AwsArgs, opts?: Options): AwsPeopleAccess;
export function createPeopleAccess(name: string, args: GcpArgs, opts?: Options): GcpPeopleAccess;
export function createPeopleAccess(
  name: string,
  args: PeopleAccessArgs,
  opts?: Options,
): PeopleAccess {
  switch (args.cloud) {
    case "aws":
      return new AwsPeopleAccess(name, args, opts);
    case "gcp":
      return new GcpPeopleAccess(name, args, opts);
  }
}
