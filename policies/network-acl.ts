/** Rules of AWS network ACLs: evaluated in the order of their numbers; the first match decides. */
import { widerThanPrivate } from "./addresses.ts";
import { anyFact, everyFact, isUnknown } from "./known-values.ts";
import type { Report } from "./report.ts";

/** The common properties of rules. The property for allow or deny has different names inline and in a separate resource. */
export interface AclRule {
  readonly protocol: string;
  readonly fromPort?: number | undefined;
  readonly toPort?: number | undefined;
  readonly cidrBlock?: string | undefined;
  readonly ipv6CidrBlock?: string | undefined;
}

const ssh = 22;

/** Judges the inline rules of an ACL, in the order of their numbers. */
export function judgeAcl(
  rules: readonly (AclRule & { readonly ruleNo: number; readonly action: string })[] | undefined,
  report: Report,
): void {
  const list = rules ?? [];
  const ordered = [...list.keys()].sort((a, b) => (list[a]?.ruleNo ?? 0) - (list[b]?.ruleNo ?? 0));
  for (const family of ["cidrBlock", "ipv6CidrBlock"] as const) {
    for (const index of ordered) {
      const rule = list[index];
      if (rule === undefined) continue;
      // A deny rule ends the evaluation only if it certainly matches.
      const unsure = isUnknown(() => openToSsh(rule, family));
      if (!unsure && !openToSsh(rule, family)) continue;
      report.part(() =>
        reportAllowed(rule, () => rule.action, family, `ingress[${index}].${family}`, report),
      );
      if (!unsure) break;
    }
  }
}

/** Judges a rule by itself: the ACL's other rules are unknown here. */
export function judgeAclRule(rule: AclRule, action: () => string, report: Report): void {
  for (const family of ["cidrBlock", "ipv6CidrBlock"] as const) {
    report.part(() => reportAllowed(rule, action, family, family, report));
  }
}

function reportAllowed(
  rule: AclRule,
  action: () => string,
  family: "cidrBlock" | "ipv6CidrBlock",
  path: string,
  report: Report,
): void {
  if (
    everyFact(
      () => action().toLowerCase() === "allow",
      () => openToSsh(rule, family),
    )
  ) {
    report.wrong(path, rule[family], "the internet reaches port 22");
  }
}

/** Whether the rule covers SSH from the internet, for allow and deny. */
function openToSsh(rule: AclRule, family: "cidrBlock" | "ipv6CidrBlock"): boolean {
  return everyFact(
    () => widerThanPrivate(rule[family] ?? ""),
    () =>
      anyFact(
        () => ["-1", "all"].includes(String(rule.protocol)),
        () =>
          everyFact(
            () => ["6", "tcp"].includes(String(rule.protocol)),
            () => (rule.fromPort ?? 0) <= ssh,
            () => (rule.toPort ?? 65535) >= ssh,
          ),
      ),
  );
}
