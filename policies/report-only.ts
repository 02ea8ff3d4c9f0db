/**
 * Policies that report without stopping the engine. An update stops at the first mandatory violation; `atoll check` deploys to a
 * temporary embedded cloud and must report all of them. The mark in each message has the policy's own level.
 */
import type { EnforcementLevel, Policies, ReportViolation } from "@pulumi/policy";

type AnyPolicy = Policies[number];

/** The variable that selects it, with the value `report`. */
export const policiesVariable = "ATOLL_POLICIES";

export function reportOnly(policies: Policies, packLevel: EnforcementLevel): Policies {
  return policies.map((policy) => reporting(policy, policy.enforcementLevel ?? packLevel));
}

function reporting(policy: AnyPolicy, level: EnforcementLevel): AnyPolicy {
  if (level === "disabled") return policy;
  const marking = (report: ReportViolation): ReportViolation =>
    ((first: unknown, urn?: string) =>
      (report as (first: unknown, urn?: string) => void)(
        marked(first, level),
        urn,
      )) as ReportViolation;
  const advisory = { ...policy, enforcementLevel: "advisory" as const };
  if ("validateResource" in advisory && advisory.validateResource !== undefined) {
    const checks = [advisory.validateResource].flat();
    advisory.validateResource = checks.map(
      (check) => (args, report) => check(args, marking(report)),
    );
  }
  if ("validateStack" in advisory && advisory.validateStack !== undefined) {
    const check = advisory.validateStack;
    advisory.validateStack = (args, report) => check(args, marking(report));
  }
  return advisory;
}

/** A violation is a message, or an object with its own level. */
function marked(violation: unknown, level: EnforcementLevel): unknown {
  if (typeof violation === "string") return `${violation}${markOf(level)}`;
  const given = violation as { readonly message: string; readonly enforcementLevel?: string };
  return {
    ...given,
    message: `${given.message}${markOf(given.enforcementLevel ?? level)}`,
    enforcementLevel: "advisory",
  };
}

function markOf(level: string): string {
  return `\n[atoll:${level}]`;
}
