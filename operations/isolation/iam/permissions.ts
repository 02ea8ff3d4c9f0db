/** What the statements of a role permit in the session of a tenant, as claims on names. Pure. */
import type { Claim } from "../claims.ts";
import { contains, intersects, matches } from "../glob.ts";
import type { AwsPrincipal } from "./principals.ts";
import { areMet, expanded, type Session, type Statement } from "./statements.ts";

/**
 * Actions on what tenants share by design: a cluster that everybody connects to, which authorizes each topic and each user apart.
 * Sources: Amazon MSK, "Semantics of IAM authorization policy actions and resources"; ElastiCache, "Authenticating with IAM".
 */
const harmless = [
  "kafka-cluster:Connect",
  "kafka-cluster:DescribeCluster",
  "kafka-cluster:WriteDataIdempotently",
  "s3:GetBucketLocation",
  "sts:GetCallerIdentity",
  "sts:TagSession",
  "cloudwatch:PutMetricData",
  "xray:PutTraceSegments",
  "xray:PutTelemetryRecords",
  "sqs:GetQueueUrl",
];
const connectsToCache = "elasticache:connect";

/** The services whose resources belong to tenants. */
const services = [
  "s3",
  "secretsmanager",
  "ssm",
  "kafka-cluster",
  "rds-db",
  "elasticache",
  "sqs",
  "sns",
  "dynamodb",
  "lambda",
  "logs",
];

export function scopeOf(service: string): string {
  return `aws ${service}`;
}

/** The statements that hold in a session, with their variables. */
export function effective(
  statements: readonly Statement[],
  session: Session,
  effect: Statement["effect"],
): Statement[] {
  return statements.flatMap((statement) => {
    if (statement.effect !== effect) return [];
    const others = statement.conditions.filter(({ key }) => !isOfResource(key));
    const met = areMet(others, session);
    // What is not known must be assumed: that it allows, and that it does not deny.
    if (effect === "Allow" ? met === false : met !== true) return [];
    const text = (values: readonly string[]) =>
      values.flatMap((value) => expanded(value, session) ?? []);
    return [
      {
        ...statement,
        resources: text(statement.resources),
        notResources: text(statement.notResources),
        conditions: statement.conditions.map((condition) => ({
          ...condition,
          values: text(condition.values),
        })),
      },
    ];
  });
}

/** Keys that belong to what is asked for, and not to who asks. */
function isOfResource(key: string): boolean {
  return /^(aws:resourcetag\/|s3:prefix|kms:)/.test(key);
}

export function claimsOf(principal: AwsPrincipal): Claim[] {
  const { role, session } = principal;
  const denied = effective(role.statements, session, "Deny");
  return effective(role.statements, session, "Allow").flatMap((statement) =>
    services.flatMap((service) => {
      const actions = actionsOn(statement, service);
      if (actions.length === 0) return [];
      return patternsOf(statement, service, actions)
        .filter((pattern) => !isDenied(denied, service, pattern))
        .map((pattern) => claimOf(principal, statement, service, actions, pattern));
    }),
  );
}

function claimOf(
  { tenant, name, role }: AwsPrincipal,
  { conditions, sid }: Statement,
  service: string,
  actions: readonly string[],
  pattern: string,
): Claim {
  const shown = actions.slice(0, 3).join(", ");
  return {
    scope: scopeOf(service),
    pattern,
    holder: tenant,
    kind: "may",
    tags: Object.fromEntries(
      conditions
        .filter(({ key, operator }) => key.startsWith("aws:resourcetag/") && isEquals(operator))
        .flatMap(({ key, values }) => {
          const [value, ...others] = values;
          return value === undefined || others.length > 0
            ? []
            : [[key.replace("aws:resourcetag/", ""), value]];
        }),
    ),
    principal: `${name} of tenant ${tenant}`,
    can: `may ${shown} on`,
    key: `${service} ${sid} ${pattern.replaceAll(tenant, "")}`,
    resource: role.resource,
  };
}

function isEquals(operator: string): boolean {
  return operator === "StringEquals" || operator === "StringLike";
}

/** The actions of a service that a statement allows and that reach data. */
function actionsOn({ actions }: Statement, service: string): string[] {
  return actions.filter((action) => {
    const [own = "", ...rest] = action.split(":");
    if (rest.length === 0) return action === "*";
    return matches(own, service) && !harmless.includes(action);
  });
}

function patternsOf(
  { resources, conditions }: Statement,
  service: string,
  actions: readonly string[],
): string[] {
  if (service === "s3") return resources.flatMap((arn) => bucketPatterns(arn, conditions));
  const connects = actions.every((action) => action.toLowerCase() === connectsToCache);
  // Each cache authorizes its users apart; the statement has to name both.
  if (service === "elasticache" && connects) return resources.filter((arn) => !isCache(arn));
  return [...resources];
}

function isCache(arn: string): boolean {
  return /:(replicationgroup|serverlesscache):/.test(arn);
}

/** Listing a bucket shows the names below a prefix: as a pattern of objects. */
function bucketPatterns(arn: string, conditions: Statement["conditions"]): string[] {
  if (arn === "*" || arn.includes("/")) return [arn];
  const prefixes = conditions
    .filter(({ key, operator }) => key === "s3:prefix" && isEquals(operator))
    .flatMap(({ values }) => values);
  return prefixes.length === 0 ? [`${arn}/*`] : prefixes.map((prefix) => `${arn}/${prefix}`);
}

/** Whether an explicit Deny covers everything of a pattern. */
function isDenied(denied: readonly Statement[], service: string, pattern: string): boolean {
  return denied.some(({ actions, resources, notResources, conditions }) => {
    if (conditions.some(({ key }) => isOfResource(key))) return false;
    if (!actions.some((action) => action === "*" || action === `${service}:*`)) return false;
    if (notResources.length > 0)
      return !notResources.some((allowed) => intersects(allowed, pattern));
    return resources.some((resource) => contains(resource, pattern));
  });
}
