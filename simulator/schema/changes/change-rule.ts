import type { Given } from "../combinations/combination.ts";

/** A property whose change replaces a resource only under a condition: lists of properties cannot express it. */
export interface Condition {
  /** The property. The condition also decides on properties in it, and on the objects that contain it. */
  readonly property: string;
  /** Whether the change replaces the resource; undefined to leave it to the list of properties. */
  readonly replaces: (before: Given, after: Given) => boolean | undefined;
}

/** A change that a provider plans as an update, and that the service refuses. */
export interface Refusal {
  readonly property: string;
  /** The service's error code. */
  readonly code: string;
  /** Why the service refuses the change, or undefined if it accepts it or too much is unknown. */
  readonly refuse: (before: Given, after: Given) => string | undefined;
}

export interface ChangeRules {
  readonly conditions?: readonly Condition[];
  readonly refusals?: readonly Refusal[];
  /** Objects whose removal the provider ignores, although it does not compute them. */
  readonly kept?: readonly string[];
}

/** Whether a switch was on and is now off or absent. */
export function switchedOff(property: string): Condition {
  return {
    property,
    replaces: (before, after) => before.is(property, true) && after.is(property, false, false),
  };
}

/** A number that can only grow, because the service cannot take the difference away. */
export function onlyGrows(property: string, code: string, reason: string): Refusal {
  return {
    property,
    code,
    refuse: (before, after) => {
      const [old, now] = [before.number(property), after.number(property)];
      if (old === undefined || now === undefined || now >= old) return undefined;
      return `${reason}: it is ${old}, and ${now} is less`;
    },
  };
}

/** A version that can only go up. */
export function neverDowngraded(property: string, code: string, service: string): Refusal {
  return {
    property,
    code,
    refuse: (before, after) => {
      const [old, now] = [before.text(property), after.text(property)];
      if (old === undefined || now === undefined || !isOlder(now, old)) return undefined;
      return `${service} cannot go back from ${old} to ${now}`;
    },
  };
}

/** Whether a version is older than another, as far as both name parts: `17` is neither older nor newer than `17.9`. */
export function isOlder(version: string, than: string): boolean {
  const [one, other] = [numbers(version), numbers(than)];
  for (let index = 0; index < Math.min(one.length, other.length); index++) {
    const [a = 0, b = 0] = [one[index], other[index]];
    if (a !== b) return a < b;
  }
  return false;
}

/** `[9, 0]` of `VALKEY_9_0`, `[4, 1]` of `4.1.x.kraft`. */
function numbers(version: string): number[] {
  return (version.match(/\d+/g) ?? []).map(Number);
}
