/** What clouds do with a change of a resource, beyond the lists of properties that require a replacement. */
import { Given } from "../combinations/combination.ts";
import { groupOf, gvkOf } from "../kubernetes/token.ts";
import { aws } from "./aws.ts";
import type { ChangeRules, Refusal } from "./change-rule.ts";
import { gcp } from "./gcp.ts";
import { kubernetes } from "./kubernetes.ts";

type Bag = Readonly<Record<string, unknown>>;

/** Whether a change of a property replaces the resource: the property's plain path to true or false, or undefined. */
export type Decide = (plain: string) => boolean | undefined;

/** The conditions of a type, for one change. */
export function conditions(type: string, before: Bag, after: Bag): Decide {
  const all = rulesOf(type)?.conditions ?? [];
  if (all.length === 0) return () => undefined;
  const [old, now] = [new Given(before), new Given(after)];
  return (plain) => {
    const inside = all.find(({ property }) => isWithin(plain, property));
    if (inside !== undefined) return inside.replaces(old, now);
    // A change of an object that contains the property can have other reasons to replace the resource.
    const held = all.filter(({ property }) => isWithin(property, plain));
    return held.some((one) => one.replaces(old, now)) || undefined;
  };
}

/** The objects of a type whose removal the provider ignores. */
export function keptObjects(type: string): ReadonlySet<string> {
  return new Set(rulesOf(type)?.kept);
}

/** Why the service refuses an update, or undefined. A replacement is never refused for its changes. */
export function refusedUpdate(
  type: string,
  before: Bag,
  after: Bag,
): { readonly code: string; readonly reason: string } | undefined {
  const [old, now] = [new Given(before), new Given(after)];
  for (const { code, refuse } of refusals(type)) {
    const reason = refuse(old, now);
    if (reason !== undefined) return { code, reason };
  }
  return undefined;
}

function refusals(type: string): readonly Refusal[] {
  return rulesOf(type)?.refusals ?? [];
}

function isWithin(path: string, outer: string): boolean {
  return path === outer || path.startsWith(`${outer}.`);
}

function rulesOf(type: string): ChangeRules | undefined {
  if (type.startsWith("aws:")) return aws[type];
  if (type.startsWith("gcp:")) return gcp[type];
  if (type === "kubernetes:helm.sh/v3:Release") return kubernetes["helm.sh/Release"];
  const gvk = gvkOf(type);
  return gvk === undefined ? undefined : kubernetes[`${groupOf(gvk.apiVersion)}/${gvk.kind}`];
}
