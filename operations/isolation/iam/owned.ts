/** Resources on AWS by the names that IAM knows, with who registered them. Pure. */
import type { Claim } from "../claims.ts";
import type { IsolationResource } from "../model.ts";
import { labels, text } from "../plain.ts";
import { type CellView, registrant } from "../view.ts";
import { scopeOf } from "./permissions.ts";

interface Owned {
  readonly service: string;
  /** What of it IAM names. */
  arn(resource: IsolationResource): string | undefined;
}

const arnOf = ({ outputs, inputs }: IsolationResource) => text(outputs.arn) ?? text(inputs.arn);

const types: Readonly<Record<string, Owned>> = {
  "aws:s3/bucket:Bucket": {
    service: "s3",
    arn: ({ inputs, outputs }) => {
      const name = text(inputs.bucket) ?? text(outputs.bucket);
      return name === undefined ? undefined : `arn:aws:s3:::${name}/*`;
    },
  },
  "aws:secretsmanager/secret:Secret": { service: "secretsmanager", arn: arnOf },
  "aws:ssm/parameter:Parameter": { service: "ssm", arn: arnOf },
  "aws:sqs/queue:Queue": { service: "sqs", arn: arnOf },
  "aws:sns/topic:Topic": { service: "sns", arn: arnOf },
  "aws:dynamodb/table:Table": { service: "dynamodb", arn: arnOf },
  "aws:elasticache/user:User": { service: "elasticache", arn: arnOf },
  "aws:lambda/function:Function": { service: "lambda", arn: arnOf },
  "aws:msk/topic:Topic": { service: "kafka-cluster", arn: arnOf },
};

/** Every resource is its registrant's. */
export function cloudsOf(view: CellView): Claim[] {
  return Object.entries(types).flatMap(([type, { service, arn }]) =>
    view.ofType(type).flatMap((resource): Claim[] => {
      const pattern = arn(resource);
      if (pattern === undefined) return [];
      const holder = registrant(resource);
      return [
        {
          scope: scopeOf(service),
          pattern,
          holder,
          kind: "owns",
          tags: tagsOf(resource),
          principal: "",
          can: "",
          key: "",
          resource,
        },
      ];
    }),
  );
}

function tagsOf({ inputs, outputs }: IsolationResource): Readonly<Record<string, string>> {
  const found = { ...labels(outputs.tagsAll), ...labels(inputs.tags) };
  return Object.fromEntries(
    Object.entries(found).map(([key, value]) => [key.toLowerCase(), value]),
  );
}
