/** Whether what is granted exists, as far as the cell's own declarations tell. */
import { z } from "zod";
import { didYouMean } from "../core/suggest.ts";
import { type GrantKind, grantKinds } from "./grant-schema.ts";

/** The resources of a cell by kind and name. The cell's stack says it; a manifest never does. */
export const declaredResources = z
  .partialRecord(z.enum(grantKinds), z.array(z.string()))
  .default({});

export type DeclaredResources = z.output<typeof declaredResources>;

interface Granting {
  readonly namespace: string;
  readonly serviceAccount: string;
  readonly grants: readonly {
    readonly kind: GrantKind;
    readonly name: string;
    readonly may: readonly string[];
  }[];
}

/** One thing that is wrong, by its path below the workloads. */
export interface GrantProblem {
  readonly path: readonly (string | number)[];
  readonly message: string;
  readonly got: unknown;
}

/** Grants to what nobody declared, grants that are made twice, and service accounts that two workloads claim. */
export function grantProblems(
  workloads: Readonly<Record<string, Granting>>,
  declared: DeclaredResources,
): GrantProblem[] {
  return [
    ...unknownResources(workloads, declared),
    ...grantedTwice(workloads),
    ...claimedTwice(workloads),
  ];
}

/** Google has each role once: taking one of two equal grants away would take both. */
function grantedTwice(workloads: Readonly<Record<string, Granting>>): GrantProblem[] {
  return Object.entries(workloads).flatMap(([key, { grants }]) => {
    const seen = new Set<string>();
    return grants.flatMap(({ may, ...rest }, index) => {
      const same = JSON.stringify(Object.entries(rest).sort());
      const message = "must not be granted twice: list all verbs in one grant";
      if (seen.has(same)) return [{ path: [key, "grants", index], message, got: rest }];
      seen.add(same);
      return [];
    });
  });
}

function unknownResources(
  workloads: Readonly<Record<string, Granting>>,
  declared: DeclaredResources,
): GrantProblem[] {
  return Object.entries(workloads).flatMap(([key, { grants }]) =>
    grants.flatMap(({ kind, name }, index) => {
      const known = declared[kind] ?? [];
      // A wildcard is told as such.
      if (known.includes(name) || name.includes("*")) return [];
      const none = known.length === 0 ? `: the cell declares no ${kind}` : didYouMean(name, known);
      return {
        path: [key, "grants", index, "name"],
        message: `must be a ${kind} that the cell declares${none}`,
        got: name,
      };
    }),
  );
}

/** A pod has one identity: both clouds take one role or account a service account. */
function claimedTwice(workloads: Readonly<Record<string, Granting>>): GrantProblem[] {
  const first = new Map<string, string>();
  return Object.entries(workloads).flatMap(([key, { namespace, serviceAccount }]) => {
    const subject = `${namespace}/${serviceAccount}`;
    const other = first.get(subject);
    first.set(subject, other ?? key);
    if (other === undefined) return [];
    return {
      path: [key, "serviceAccount"],
      message: `must not be that of "${other}" too: one identity a service account`,
      got: subject,
    };
  });
}
