/** Names, shards and periods of a rendered fleet. Pure: the same footprint gives the same files. */
import { createHash } from "node:crypto";
import type { Footprint, Tenant } from "../../../footprint/model.ts";
import type { Identities } from "./identities.ts";

/** What a fleet is rendered with, besides its footprint. */
export interface FleetSettings {
  /** The name of the Pulumi project. */
  readonly project: string;
  readonly image: string;
  /** The Git repository that Argo CD reads, and the rendered folder in it. */
  readonly repository: string;
  readonly revision: string;
  readonly folder: string;
  /** How many updates run at the same time. */
  readonly atOnce: number;
  readonly identities: Identities;
  /** The secrets provider of a stack; undefined for a passphrase. */
  secretsProviderOf(stack: string): string | undefined;
}

/** A Stack without rights to change anything: tenants wait until its preview succeeds. */
export interface Gate {
  readonly stack: string;
  readonly needs: readonly string[];
}

/** The tenants of a ring on a cell: one Application of Argo CD. */
export interface Shard {
  readonly ring: number;
  readonly cell: string;
  readonly tenants: readonly Tenant[];
}

export interface FleetPlan {
  readonly environment: string;
  readonly namespace: string;
  readonly gates: readonly Gate[];
  readonly shards: readonly Shard[];
}

/** The operator's own namespace, as its chart's documentation installs it. */
export const operatorNamespace = "pulumi-kubernetes-operator";

/** The longest name of a Stack: a rule of its definition, because the operator derives names of pods and Services from it. */
export const longestName = 42;

export function planFleet({ environment, cells, tenants, stacks }: Footprint): FleetPlan {
  const gated = new Set([environment.stack, ...cells.map(({ stack }) => stack)]);
  const shards = Map.groupBy(tenants, ({ ring, cells: [cell] }) => `${ring}/${cell}`);
  return {
    environment: environment.name,
    namespace: `atoll-fleet-${environment.name}`,
    gates: stacks
      .filter(({ name }) => gated.has(name))
      .map(({ name, needs }) => ({ stack: name, needs: needs.filter((need) => gated.has(need)) })),
    shards: [...shards.values()]
      .flatMap(([first, ...others]): Shard[] => {
        if (first === undefined) return [];
        const [cell = ""] = first.cells;
        return [{ ring: first.ring, cell, tenants: sorted([first, ...others]) }];
      })
      .sort((a, b) => a.ring - b.ring || (a.cell < b.cell ? -1 : 1)),
  };
}

function sorted(tenants: readonly Tenant[]): Tenant[] {
  return tenants.toSorted((a, b) => (a.stack < b.stack ? -1 : 1));
}

/**
 * The name of a Stack object. No stack of an environment has the name of another with a dot for a hyphen: names of environments are
 * distinguished by the namespace.
 */
export function objectName(stack: string): string {
  return stack.replaceAll(".", "-");
}

/** A number from 0 to below 1 that is always the same for a name, and evenly distributed over names. */
export function share(name: string): number {
  return createHash("sha256").update(name).digest().readUInt32BE(0) / 2 ** 32;
}

const daySeconds = 86_400;

/** Seconds between two resyncs of a stack: a day, a quarter more or less, so that stacks that started together do not stay together. */
export function resyncSeconds(stack: string): number {
  return Math.round(daySeconds * (0.75 + share(stack) / 2));
}

/** The time of a daily job, different for each name. */
export function dailySchedule(name: string): string {
  const minute = Math.floor(share(name) * 24 * 60);
  return `${minute % 60} ${Math.floor(minute / 60)} * * *`;
}

export function fleetLabels(environment: string): Record<string, string> {
  return { "app.kubernetes.io/part-of": "atoll-fleet", "atoll.dev/environment": environment };
}
