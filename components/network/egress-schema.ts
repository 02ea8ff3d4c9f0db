/** Where workloads may go outside the cell. Names mean the same on every cloud; what else there is depends on the cloud. */
import { isIPv4 } from "node:net";
import { z } from "zod";
import { egressRule, key } from "./base-schema.ts";

/** As many names as Google takes in one rule: "Quotas and limits" of Cloud NGFW. */
const mostNames = 100;

const wholeName = /^([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/;

/** What is wrong with a name that workloads should reach, and what would be right; undefined when nothing is. */
export function nameProblem(name: string): string | undefined {
  const below = name.startsWith("*.") ? name.slice(2) : name;
  if (name === "*" || name === "*.")
    return "must not be everything: list the names that are reached";
  if (isIPv4(name))
    return 'must be a name such as "api.example.com"; blocks are allowed by "egress.to"';
  if (/^[a-z][a-z0-9-]*$/.test(below)) {
    return `must not be a whole top-level domain: name a domain below it, such as "example.${below}"`;
  }
  if (below.includes("*"))
    return 'must have "*" as its whole first label or not at all: "*.example.com"';
  return wholeName.test(below)
    ? undefined
    : 'must be a domain in lower case such as "api.example.com" or "*.example.com"';
}

/** A domain, or all names below one. */
export const domainName = z.string().superRefine((name, context) => {
  const message = nameProblem(name);
  if (message) context.addIssue({ code: "custom", message, input: name });
});

const wholeDomainName = domainName.superRefine((name, context) => {
  if (nameProblem(name) || !name.startsWith("*.")) return;
  context.addIssue({
    code: "custom",
    message: "is not supported on Google Cloud: its firewall knows whole names only; list each",
    input: name,
  });
});

const names = z.array(domainName).max(mostNames).default([]);
const blocks = z.record(key, egressRule).default({});

export const awsEgress = z
  .strictObject({
    /**
     * Names that workloads reach, beside those that the platform needs: its image registries, and the services of AWS.
     * @default []
     */
    allow: names,
    /**
     * What happens to all other names: `blocked` does not resolve them, `resolved` does.
     * @default "blocked"
     */
    unlisted: z.enum(["blocked", "resolved"]).default("blocked"),
  })
  .prefault({});

export const gcpEgress = z
  .strictObject({
    /**
     * Names that workloads reach by HTTPS, beside those that the platform needs: its image registries, and Google's APIs.
     * @default []
     */
    allow: z.array(wholeDomainName).max(mostNames).default([]),
    /** Blocks that they reach beside, by a name of yours. @default {}, none */
    to: blocks,
  })
  .prefault({});

export const onpremEgress = z
  .strictObject({
    /** Names that workloads reach by HTTPS, beside the image registries that the platform needs. @default [] */
    allow: names,
    /** Blocks that they reach beside, by a name of yours. @default {}, none */
    to: blocks,
  })
  .prefault({});
