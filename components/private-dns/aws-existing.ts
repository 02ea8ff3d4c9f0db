/** An existing hosted zone: lookups and checks. */
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { Problem } from "../core/errors.ts";
import { type LookedUp, lookedUp, problemsOfLookup } from "../core/existing.ts";

export interface HostedZoneFacts {
  readonly zone: LookedUp<{
    readonly name: string;
    readonly private: boolean;
    readonly arn: string;
  }>;
  /** The zone of this name that an existing VPC is associated with; undefined where Atoll associates the VPC that it created. */
  readonly associated: LookedUp<{ readonly id: string }> | undefined;
}

/** @param asked `vpcId` where the VPC exists */
export async function lookUpHostedZone(
  asked: { readonly id: string; readonly name: string; readonly vpcId: string | undefined },
  options: pulumi.InvokeOptions,
): Promise<HostedZoneFacts> {
  const { id: zoneId, name, vpcId } = asked;
  const [zone, associated] = await Promise.all([
    lookedUp(aws.route53.getZone({ zoneId }, options), (seen) => ({
      name: seen.name,
      private: seen.privateZone === true,
      arn: seen.arn,
    })),
    vpcId === undefined
      ? undefined
      : lookedUp(aws.route53.getZone({ name, privateZone: true, vpcId }, options), (seen) => ({
          id: seen.zoneId,
        })),
  ]);
  return { zone, associated };
}

export function hostedZoneProblems(
  { existing, zone: name }: { readonly existing: string; readonly zone: string },
  { zone, associated }: HostedZoneFacts,
): Problem[] {
  const path = "existing";
  return [
    ...problemsOfLookup(path, "a hosted zone", zone, (seen) => [
      ...(withoutDot(seen.name) === name
        ? []
        : [{ path, message: `must be the zone ${name}`, got: seen.name }]),
      ...(seen.private ? [] : [{ path, message: "must be a private hosted zone", got: "public" }]),
    ]),
    ...(associated && "facts" in zone
      ? problemsOfLookup(
          path,
          "a hosted zone that the VPC is associated with",
          associated,
          (seen) =>
            seen.id === existing
              ? []
              : [
                  {
                    path,
                    message: "must be the one that the VPC is associated with",
                    got: seen.id,
                  },
                ],
        )
      : []),
  ];
}

function withoutDot(name: string): string {
  return name.replace(/\.$/, "");
}
