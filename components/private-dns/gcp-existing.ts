/** An existing managed zone: lookups and checks. */
import * as gcp from "@pulumi/gcp";
import type * as pulumi from "@pulumi/pulumi";
import type { Problem } from "../core/errors.ts";
import { type LookedUp, lookedUp, problemsOfLookup } from "../core/existing.ts";

export type ManagedZoneFacts = LookedUp<{ readonly dnsName: string; readonly visibility: string }>;

export function lookUpManagedZone(
  asked: { readonly project: string; readonly name: string },
  options: pulumi.InvokeOptions,
): Promise<ManagedZoneFacts> {
  return lookedUp(gcp.dns.getManagedZone(asked, options), ({ dnsName, visibility }) => ({
    dnsName,
    visibility,
  }));
}

/** Which networks see the zone cannot be looked up. */
export function managedZoneProblems(zone: string, facts: ManagedZoneFacts): readonly Problem[] {
  const path = "existing";
  return problemsOfLookup(path, "a managed zone", facts, ({ dnsName, visibility }) => [
    ...(dnsName === `${zone}.`
      ? []
      : [{ path, message: `must be the zone ${zone}.`, got: dnsName }]),
    ...(visibility === "private"
      ? []
      : [{ path, message: "must be a private zone", got: visibility }]),
  ]);
}
