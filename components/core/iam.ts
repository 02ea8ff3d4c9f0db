import * as pulumi from "@pulumi/pulumi";

/** One or more strings, as inputs. */
type Texts = pulumi.Input<string> | readonly pulumi.Input<string>[];

/** A string that begins or ends with an input. Plain if the input is, so that the size of a document can be known. */
export function joined(
  before: string,
  value: pulumi.Input<string>,
  after: string,
): pulumi.Input<string> {
  return typeof value === "string"
    ? `${before}${value}${after}`
    : pulumi.interpolate`${before}${value}${after}`;
}

/** The AWS IAM condition operators that the blueprint uses. */
export type ConditionOperator =
  | "ArnEquals"
  | "ArnLike"
  | "Bool"
  | "Null"
  | "NumericLessThan"
  | "StringEquals"
  | "StringEqualsIfExists"
  | "StringLike"
  | "StringNotEquals"
  | "StringNotEqualsIfExists"
  | "StringNotLike"
  | "BoolIfExists"
  | "ForAllValues:StringEquals"
  | "ForAllValues:StringLike"
  | "ForAnyValue:StringEquals"
  | "ForAnyValue:StringLike";

export type Conditions = Partial<Record<ConditionOperator, Readonly<Record<string, Texts>>>>;

/** The principals of a resource policy or trust policy. */
export interface Principals {
  /** ARNs of roles, users or account roots. */
  readonly aws?: Texts;
  /** Service principals such as `ec2.amazonaws.com`. */
  readonly services?: Texts;
  /** ARNs of identity providers. */
  readonly federated?: Texts;
}

/** One statement of an AWS policy document. */
export interface Statement {
  /** Letters and digits; unique in the document. */
  readonly sid: string;
  /** @default "Allow" */
  readonly effect?: "Allow" | "Deny";
  /** Omitted in identity policies; use `"anyone"` only in a Deny or with a condition. */
  readonly principals?: Principals | "anyone";
  readonly actions: Texts;
  /** Omitted in trust policies. */
  readonly resources?: Texts;
  readonly conditions?: Conditions;
}

/**
 * A policy document as a JSON string, version 2012-10-17.
 *
 * The string is known at preview when all of its parts are.
 */
export function policyDocument(statements: readonly Statement[]): pulumi.Output<string> {
  return pulumi
    .output(statements.map(rendered))
    .apply((known) => JSON.stringify({ Version: "2012-10-17", Statement: known }));
}

/** The trust policy of a role that a service assumes. */
export function trustPolicy(
  services: Texts,
  options: {
    /** @default ["sts:AssumeRole"] */
    readonly actions?: Texts;
    /** Conditions against the confused deputy: `aws:SourceAccount`, `aws:SourceArn`. */
    readonly conditions?: Conditions;
  } = {},
): pulumi.Output<string> {
  const { actions = ["sts:AssumeRole"], conditions } = options;
  return policyDocument([
    { sid: "Assume", principals: { services }, actions, ...(conditions ? { conditions } : {}) },
  ]);
}

function rendered(statement: Statement): Record<string, unknown> {
  const { sid, effect = "Allow", principals, actions, resources, conditions } = statement;
  return {
    Sid: sid,
    Effect: effect,
    ...(principals ? { Principal: principal(principals) } : {}),
    Action: actions,
    ...(resources === undefined ? {} : { Resource: resources }),
    ...(conditions ? { Condition: conditions } : {}),
  };
}

function principal(principals: Principals | "anyone"): unknown {
  if (principals === "anyone") return "*";
  const { aws, services, federated } = principals;
  return {
    ...(aws === undefined ? {} : { AWS: aws }),
    ...(services === undefined ? {} : { Service: services }),
    ...(federated === undefined ? {} : { Federated: federated }),
  };
}
