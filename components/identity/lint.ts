/** Checks the statements of identity policies. An output counts as one resource. Pure. */
import type { Statement } from "../core/iam.ts";
import { isAnything, knownStrings, requiresKey } from "./conditions.ts";
import { type Escalation, escalations, mitigations } from "./escalation.ts";

/** A problem of a policy. */
export interface Finding {
  readonly rule: "wildcard-action" | "wildcard-resource" | "escalation" | "principal";
  /** The statement; omitted when the problem is in several, or in the whole document. */
  readonly sid?: string;
  readonly message: string;
  readonly got?: unknown;
}

/**
 * Actions without resource-level permissions, which need "*". Source: the Service Authorization Reference, actions without a
 * resource type. All other actions are rejected with "*".
 */
const withoutResources: ReadonlySet<string> = new Set([
  "cloudwatch:GetMetricData",
  "cloudwatch:PutMetricData",
  "ec2:DescribeAvailabilityZones",
  "ec2:DescribeInstances",
  "ec2:DescribeRegions",
  "ec2:DescribeRouteTables",
  "ec2:DescribeSecurityGroups",
  "ec2:DescribeSubnets",
  "ec2:DescribeVpcs",
  "ecr:GetAuthorizationToken",
  "eks:ListClusters",
  "iam:ListRoles",
  "kms:ListAliases",
  "kms:ListKeys",
  "s3:ListAllMyBuckets",
  "sts:GetCallerIdentity",
  "xray:PutTelemetryRecords",
  "xray:PutTraceSegments",
]);

/** All problems of a role's policy, by statement and as a whole. */
export function policyProblems(statements: readonly Statement[]): Finding[] {
  const allowed = statements.filter(({ effect = "Allow" }) => effect === "Allow");
  return [
    ...allowed.flatMap((statement) => [...wildcards(statement), ...misplaced(statement)]),
    ...escalationFindings(allowed),
  ];
}

function wildcards(statement: Statement): Finding[] {
  const { sid } = statement;
  const actions = knownStrings(statement.actions);
  const wide = actions
    .filter((action) => /[*?]/.test(action))
    .map((got): Finding => {
      return { rule: "wildcard-action", sid, message: "must name each action in full", got };
    });
  if (actions.length > 0 && actions.every((action) => withoutResources.has(action))) return wide;
  const everything = knownStrings(statement.resources ?? [])
    .filter(isEverything)
    .map((got): Finding => {
      return {
        rule: "wildcard-resource",
        sid,
        message: "must name its resources",
        got,
      };
    });
  return [...wide, ...everything];
}

/** `*`, or an ARN that matches everything in a service, or in all accounts. */
function isEverything(resource: string): boolean {
  if (/^[*?]+$/.test(resource)) return true;
  const [, , service = "", region = "", account = "", ...rest] = resource.split(":");
  const name = rest.join(":");
  if (/[*?]/.test(service) || /[*?]/.test(account)) return true;
  if (region === "*" && service !== "iam") return true;
  // Without an account, the part before the slash is an S3 bucket; otherwise it is a resource type.
  return /^[*?]/.test(name) || (account !== "" && /^[A-Za-z-]+[:/][*?]/.test(name));
}

/** A role's policy must have resources and must not have principals. */
function misplaced({ sid, principals, resources }: Statement): Finding[] {
  return [
    ...(principals === undefined
      ? []
      : [
          {
            rule: "principal" as const,
            sid,
            message: "must not name principals in a policy of a role",
          },
        ]),
    ...(resources === undefined
      ? [
          {
            rule: "wildcard-resource" as const,
            sid,
            message: "must name its resources",
          },
        ]
      : []),
  ];
}

function escalationFindings(allowed: readonly Statement[]): Finding[] {
  const { grants, passing, outright, passRole } = escalations;
  const all = actionsOf(allowed);
  // PassRole to a named service does not count for other services.
  const passes = unmitigated(allowed, mitigations.passedTo);
  const others = all.filter((action) => !covers(action, passRole));
  return [
    ...found(
      grants,
      unmitigated(allowed, mitigations.boundary),
      `add a condition on ${mitigations.boundary}`,
    ),
    ...found(
      passing,
      [...passes, ...others],
      `name the role and add a condition on ${mitigations.passedTo}`,
    ),
    ...found(outright, all, "leave it to administrators"),
  ];
}

function found(paths: readonly Escalation[], allowed: readonly string[], fix: string): Finding[] {
  return paths
    .filter(({ actions }) =>
      actions.every((wanted) => allowed.some((action) => covers(action, wanted))),
    )
    .map(({ actions, how }) => ({
      rule: "escalation",
      message: `must not allow ${actions.join(" with ")}, which ${how}: ${fix}`,
    }));
}

/** The actions of statements without a condition on this key. */
function unmitigated(statements: readonly Statement[], key: string): string[] {
  return actionsOf(statements.filter(({ conditions = {} }) => !requiresKey(conditions, key)));
}

/** Without "*", which is reported by itself. */
function actionsOf(statements: readonly Statement[]): string[] {
  return statements
    .flatMap(({ actions }) => knownStrings(actions))
    .filter((action) => !isAnything(action));
}

/** Whether an action in a policy, which may have wildcards, includes this one. IAM actions are case-insensitive. */
function covers(written: string, action: string): boolean {
  const pattern = written
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${pattern}$`, "i").test(action);
}
