/** Policies of resources on AWS that allow roles of tenants, whatever the roles' own policies say. Pure. */
import type { IsolationResource } from "../model.ts";
import type { Paths } from "../paths.ts";
import { type CellView, ownerText, registrant } from "../view.ts";
import type { AwsPrincipal } from "./principals.ts";
import { areMet, type Condition, type Statement, statementsOf } from "./statements.ts";

/** The fields with the policy, by type. */
const policyIn: Readonly<Record<string, string>> = {
  "aws:s3/bucketPolicy:BucketPolicy": "policy",
  "aws:secretsmanager/secretPolicy:SecretPolicy": "policy",
  "aws:secretsmanager/secret:Secret": "policy",
  "aws:sqs/queuePolicy:QueuePolicy": "policy",
  "aws:sns/topicPolicy:TopicPolicy": "policy",
  "aws:msk/clusterPolicy:ClusterPolicy": "policy",
};

export function resourcePolicies(
  view: CellView,
  paths: Paths,
  principals: readonly AwsPrincipal[],
): void {
  for (const [type, field] of Object.entries(policyIn)) {
    for (const resource of view.ofType(type)) {
      for (const statement of statementsOf(resource.inputs[field]))
        allowed(view, paths, resource, statement, principals);
    }
  }
}

function allowed(
  view: CellView,
  paths: Paths,
  resource: IsolationResource,
  statement: Statement,
  principals: readonly AwsPrincipal[],
): void {
  if (statement.effect !== "Allow") return;
  const owner = registrant(resource);
  const add = (from: string, principal: string) =>
    paths.add({
      key: `policy ${statement.sid}`,
      from,
      to: [owner],
      resource,
      steps: () => [
        {
          principal,
          can: `may ${statement.actions.slice(0, 3).join(", ")}`,
          because: `statement ${statement.sid} of the policy of ${resource.name}, which is of ${ownerText(owner)}, names it`,
        },
      ],
    });
  const anyone = statement.principals.includes("*");
  if (anyone && !limitsCaller(statement.conditions)) {
    for (const tenant of view.tenants)
      if (tenant !== owner) add(tenant, `anybody, and so pods of tenant ${tenant}`);
    return;
  }
  const arns = new Set(statement.principals.map((one) => one.replace(/^AWS /, "")));
  for (const { tenant, name, role, session } of principals) {
    const named = anyone || arns.has(role.arn);
    if (tenant === owner || !named) continue;
    if (areMet(statement.conditions, session) !== true) continue;
    add(tenant, `${name} of tenant ${tenant}`);
  }
}

/** Whether a condition is on the caller, which no pod of a tenant has, or on its identity. */
function limitsCaller(conditions: readonly Condition[]): boolean {
  return conditions.some(
    ({ key, operator }) =>
      /^(aws:(principal|source|userid|calledvia|viaawsservice)|kms:(calleraccount|viaservice))/.test(
        key,
      ) && !/Not|IfExists/.test(operator),
  );
}
