/** Egress of workloads outside the cell. Names have the same meaning on every cloud; other settings depend on the cloud. */
import { isIPv4 } from "node:net";
import { z } from "zod";
import { countLimits } from "../core/service-limits.ts";
import { egressRule, key } from "./base-schema.ts";
import { withRedirects } from "./registries.ts";

const mostNames = countLimits.namesPerFirewallRule;

/** Firewall rules that every network on Google Cloud has; see firewall-rules.ts. */
export const ownFirewallRules = 6;

const mostRules = countLimits.firewallRulesPerProject - ownFirewallRules;

const wholeName = /^([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/;

/** The problem of an egress name and how to fix it. Undefined if the name is valid. */
export function nameProblem(name: string): string | undefined {
  const below = name.startsWith("*.") ? name.slice(2) : name;
  if (name === "*" || name === "*.") return "must not allow everything: list the names";
  if (isIPv4(name))
    return 'must be a domain name such as "api.example.com"; use "egress.to" for CIDR blocks';
  if (/^[a-z][a-z0-9-]*$/.test(below)) {
    return `must not be a whole top-level domain: name a domain below it, such as "example.${below}"`;
  }
  if (below.includes("*")) return 'must have "*" only as its whole first label: "*.example.com"';
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
    message: "is not supported on Google Cloud: its firewall supports full names only; list each",
    input: name,
  });
});

const names = z.array(domainName).max(mostNames).default([]);
const blocks = z.record(key, egressRule).default({});

export const awsEgress = z
  .strictObject({
    /**
     * Names that workloads can reach, in addition to those that the platform needs: its image registries and AWS services.
     * @default []
     */
    allow: names,
    /**
     * Whether all other names are resolved.
     * @default "blocked"
     */
    unlisted: z.enum(["blocked", "resolved"]).default("blocked"),
  })
  .prefault({});

export const gcpEgress = z
  .strictObject({
    /**
     * Names that workloads can reach over HTTPS, in addition to those that the platform needs: its image registries and Google APIs.
     * @default []
     */
    allow: z
      .array(wholeDomainName)
      .max(mostNames)
      .superRefine((allow, context) => {
        const all = withRedirects(allow, "gcp").length;
        if (allow.length > mostNames || all <= mostNames) return;
        context.addIssue({
          code: "custom",
          message: `must have at most ${mostNames - (all - new Set(allow).size)} names: registries among them redirect to others, and a firewall rule has ${mostNames} in all`,
          input: allow.length,
        });
      })
      .default([]),
    /** CIDR blocks that workloads can reach, by a name of your choice. @default {}, none */
    to: blocks.refine((rules) => Object.keys(rules).length <= mostRules, {
      error: `must have at most ${mostRules} entries, the firewall rules of a project: list several blocks in one`,
    }),
  })
  .prefault({});

export const onpremEgress = z
  .strictObject({
    /** Names that workloads can reach over HTTPS, in addition to the platform's image registries. @default [] */
    allow: names,
    /** CIDR blocks that workloads can reach, by a name of your choice. @default {}, none */
    to: blocks,
  })
  .prefault({});
