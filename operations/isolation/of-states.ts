/** The cells of a footprint with their tenants, from the states of its stacks. Pure. */
import type { Footprint, Tenant } from "../../footprint/model.ts";
import type { IsolationCell, IsolationResource, Plain } from "./model.ts";
import { record } from "./plain.ts";
import { podAddresses } from "./pod-addresses.ts";

/** A resource in a state, as the engine writes it. */
export interface StatedResource {
  readonly urn: string;
  readonly type: string;
  readonly custom?: boolean;
  readonly id?: string;
  /** Whether it is only read. */
  readonly external?: boolean;
  /** Whether it waits for its deletion after a replacement. */
  readonly delete?: boolean;
  readonly inputs?: Plain;
  readonly outputs?: Plain;
}

/** By stack; a stack that is not deployed is missing. */
export type States = ReadonlyMap<string, readonly StatedResource[]>;

type Described = Pick<Footprint, "environment" | "cells" | "tenants">;

/** Each deployed cell that has deployed tenants. */
export function isolationCells(footprint: Described, states: States): IsolationCell[] {
  const { environment, cells, tenants } = footprint;
  const of = (stack: string) => resourcesOf(stack, states.get(stack) ?? []);
  const common = of(environment.stack);
  return cells.flatMap((cell) => {
    const here = tenants.filter(
      ({ stack, on }) => states.has(stack) && on.some((place) => place.cell.name === cell.name),
    );
    if (here.length === 0) return [];
    // Roles of a tenant could reach what other cells have in their clouds. Objects in their clusters are out of reach.
    const elsewhere = cells
      .filter(({ name }) => name !== cell.name)
      .flatMap(({ stack }) => of(stack))
      .filter(({ type }) => !type.startsWith("kubernetes:"));
    return [
      {
        name: cell.name,
        addresses: podAddresses(cell.cidr, of(cell.stack)),
        tenants: here.map(({ name }) => name),
        resources: [
          ...common,
          ...elsewhere,
          ...of(cell.stack),
          ...here.flatMap((tenant) => onCell(tenant, cell.name, of(tenant.stack))),
        ],
      },
    ];
  });
}

/** Names of components begin with the cell's name; the longest name counts, because one can be the beginning of another. */
function onCell(
  { name: tenant, on }: Tenant,
  cell: string,
  resources: readonly IsolationResource[],
): IsolationResource[] {
  const names = on.map((place) => place.cell.name).sort((one, other) => other.length - one.length);
  return resources
    .filter(
      ({ name }) =>
        names.length === 1 || names.find((each) => name.startsWith(`${each}-`)) === cell,
    )
    .map((resource) => ({ ...resource, tenant }));
}

function resourcesOf(stack: string, resources: readonly StatedResource[]): IsolationResource[] {
  return resources
    .filter((each) => each.custom === true && each.external !== true && each.delete !== true)
    .filter(({ type }) => !type.startsWith("pulumi:"))
    .map(({ urn, type, id, inputs, outputs }) => ({
      type,
      name: urn.split("::").at(-1) ?? urn,
      urn,
      stack,
      inputs: record(plainOf(inputs)),
      outputs: { ...(id === undefined ? {} : { id }), ...record(plainOf(outputs)) },
    }));
}

/** The key and the value by which the engine marks a secret. */
const signature = "4dabf18193072939515e22adb298388d";
const secret = "1b47061264138c4ac30d75fd1eb44270";

/** Without secrets: what is encrypted is not known, and nothing that isolates is secret. */
function plainOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plainOf);
  if (typeof value !== "object" || value === null) return value;
  const fields = value as Plain;
  if (fields[signature] === secret)
    return typeof fields.plaintext === "string" ? JSON.parse(fields.plaintext) : undefined;
  return Object.fromEntries(Object.entries(fields).map(([key, each]) => [key, plainOf(each)]));
}
