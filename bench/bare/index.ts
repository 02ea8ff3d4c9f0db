/**
 * The resources of a cell without the blueprint: read from a list, registered one after the other, no parents, no policies. Like
 * Atoll's own programs it shares processes.
 */
import { readFileSync } from "node:fs";
import * as aws from "@pulumi/aws";
import "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

export interface BareResource {
  readonly type: string;
  readonly name: string;
  readonly inputs: Record<string, unknown>;
}

/** Any resource, by its type token. */
class Bare extends pulumi.CustomResource {}

export default function register(): void {
  const listed: BareResource[] = JSON.parse(readFileSync(process.env.BARE_RESOURCES ?? "", "utf8"));
  const provider = new aws.Provider("bare", { region: "us-east-1" });
  for (const { type, name, inputs } of listed) new Bare(type, name, inputs, { provider });
}
