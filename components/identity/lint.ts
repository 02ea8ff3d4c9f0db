/** What is wrong with the statements of an identity policy. Pure: what is only known later counts as one resource. */
import type { Statement } from "../core/iam.ts";
import { asksFor, isAnything, knownTexts } from "./conditions.ts";
import { type Escalation, escalations, mitigations } from "./escalation.ts";

/** One thing that is wrong with a policy. */
export interface Finding {
  readonly rule: "wildcard-action" | "wildcard-resource" | "escalation" | "principal" | "size";
  /** The statement; left out where it takes several, or the whole document. */
  readonly sid?: string;
  readonly message: string;
  readonly got?: unknown;
}

/**
 * Actions that AWS knows no resource for, so that "*" is all that can be said. Source: the Service Authorization Reference,
 * actions without a resource type. What is not listed here is refused with "*", rather than looked over.
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

/** Characters of all inline policies of a role together: IAM quotas. */
const inlineLimit = 10_240;

/** Everything wrong with a policy of a role, statement by statement and as a whole. */
export function policyProblems(statements: readonly Statement[]): Finding[] {
  const allowed = statements.filter(({ effect = "Allow" }) => effect === "Allow");
  return [
    ...allowed.flatMap((statement) => [...wildcards(statement), ...misplaced(statement)]),
    ...escalationFindings(allowed),
    ...size(statements),
  ];
}

function wildcards(statement: Statement): Finding[] {
  const { sid } = statement;
  const actions = knownTexts(statement.actions);
  const wide = actions
    .filter((action) => /[*?]/.test(action))
    .map((got): Finding => {
      return { rule: "wildcard-action", sid, message: "must name each action in full", got };
    });
  if (actions.length > 0 && actions.every((action) => withoutResources.has(action))) return wide;
  const everything = knownTexts(statement.resources ?? [])
    .filter(isEverything)
    .map((got): Finding => {
      return {
        rule: "wildcard-resource",
        sid,
        message: "must name the resources it is about",
        got,
      };
    });
  return [...wide, ...everything];
}

/** `*`, or an ARN that says a service and then everything of it, or of every account. */
function isEverything(resource: string): boolean {
  if (/^[*?]+$/.test(resource)) return true;
  const [, , service = "", region = "", account = "", ...rest] = resource.split(":");
  const name = rest.join(":");
  if (/[*?]/.test(service) || /[*?]/.test(account)) return true;
  if (region === "*" && service !== "iam") return true;
  // Without an account, what stands before the slash is one bucket of S3; elsewhere it is a kind of resource.
  return /^[*?]/.test(name) || (account !== "" && /^[A-Za-z-]+[:/][*?]/.test(name));
}

/** A policy of a role says what the role may do with which resources; whom it speaks of is not for it to say. */
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
            message: "must name the resources it is about",
          },
        ]
      : []),
  ];
}

function escalationFindings(allowed: readonly Statement[]): Finding[] {
  const { grants, passing, outright, passRole } = escalations;
  const all = actionsOf(allowed);
  // A role that may only go to a named service is not passed as far as the others are concerned.
  const passes = unmitigated(allowed, mitigations.passedTo);
  const others = all.filter((action) => !covers(action, passRole));
  return [
    ...found(
      grants,
      unmitigated(allowed, mitigations.boundary),
      `ask for a condition on ${mitigations.boundary}`,
    ),
    ...found(
      passing,
      [...passes, ...others],
      `name the role and ask for a condition on ${mitigations.passedTo}`,
    ),
    ...found(outright, all, "leave it to people who sign in for it"),
  ];
}

function found(paths: readonly Escalation[], allowed: readonly string[], cure: string): Finding[] {
  return paths
    .filter(({ actions }) =>
      actions.every((wanted) => allowed.some((action) => covers(action, wanted))),
    )
    .map(({ actions, how }) => ({
      rule: "escalation",
      message: `must not allow ${actions.join(" with ")}, which ${how}: ${cure}`,
    }));
}

/** The actions of statements that do not ask for a condition key to have a value. */
function unmitigated(statements: readonly Statement[], key: string): string[] {
  return actionsOf(statements.filter(({ conditions = {} }) => !asksFor(conditions, key)));
}

/** Without "*", which is wrong by itself and escalates in every way. */
function actionsOf(statements: readonly Statement[]): string[] {
  return statements
    .flatMap(({ actions }) => knownTexts(actions))
    .filter((action) => !isAnything(action));
}

/** Whether an action as a policy writes it, perhaps with wildcards, allows this one. IAM does not tell cases apart. */
function covers(written: string, action: string): boolean {
  const pattern = written
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${pattern}$`, "i").test(action);
}

/** An ARN of the usual length stands for what is not known yet. */
const usualArn =
  "arn:aws:service:ap-northeast-2:111122223333:kind/11111111-2222-3333-4444-555555555555";

function size(statements: readonly Statement[]): Finding[] {
  const { length } = JSON.stringify(statements.map(plain));
  if (length <= inlineLimit) return [];
  return [
    {
      rule: "size",
      message: `must fit the ${inlineLimit} characters that IAM has for a role: split the workload`,
      got: length,
    },
  ];
}

function plain(value: unknown): unknown {
  if (isLater(value)) return usualArn;
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
}

/** An Output or a promise; by shape, so that checking a manifest need not load the SDK. */
function isLater(value: unknown): boolean {
  return (
    value instanceof Promise ||
    ((typeof value === "object" || typeof value === "function") &&
      value !== null &&
      (value as { __pulumiOutput?: unknown }).__pulumiOutput === true)
  );
}
