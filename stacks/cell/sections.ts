/** Builds the sections of a cell in the order of the registry, each from its spec and the sections built before it. */
import type * as pulumi from "@pulumi/pulumi";
import type { Cloud } from "../../components/core/cloud.ts";
import type { SectionBuild } from "../../components/section/build.ts";
import {
  type CheckedSection,
  componentName,
  grantName,
  isSupported,
  type Section,
  type SectionBuilder,
} from "../../components/section/section.ts";
import { ownGrants } from "../../components/sections.ts";
import { specInstances } from "../../footprint/specs/instances.ts";
import { stackSecret } from "../config.ts";
import { serviceLogsOf } from "../environment/keys.ts";
import type { CellOutputs } from "../outputs/cell.ts";
import type { Pending } from "../outputs/pending.ts";
import { copiesOf } from "./copies.ts";
import { federatedTargets } from "./federated.ts";
import { trafficOf } from "./hub.ts";
import type { BuiltSections, CellInputs } from "./inputs.ts";

type References = Record<string, Record<string, unknown>>;

/** @param providers of the cell's cloud, by package */
export async function buildSections(
  inputs: CellInputs,
  providers: Readonly<Record<string, pulumi.ProviderResource>>,
): Promise<BuiltSections> {
  const components = new Map<string, unknown>();
  const references: References = {};
  const outputs: Record<string, unknown> = {};
  const built = ({ name }: Section) => components.get(name) as never;
  const needed = (section: Section) => {
    const found = built(section);
    if (found !== undefined) return found;
    throw new TypeError(`section "${section.name}" is built after a section that needs it`);
  };
  const sections = specInstances(inputs.cell, inputs.registry);
  for (const checked of sections) {
    const { section, key, path, spec } = checked;
    const builder = await builderOf(checked, inputs.cell.cloud);
    const context = contextOf(inputs, checked, providers, {
      sections,
      built,
      needed,
      references,
    });
    const component = await builder.build(spec as never, context as never);
    if (component === undefined) continue;
    components.set(path, component);
    const { grant } = section;
    if (grant && builder.references) {
      const found = builder.references(component as never, context as never);
      const named = Object.entries(found).map(([name, it]) => [grantName(name, key), it] as const);
      references[grant.kind] = { ...references[grant.kind], ...Object.fromEntries(named) };
    }
    if (section.outputsOf) putOutputs(outputs, checked, section.outputsOf(component as never));
  }
  return { built, needed, references, outputs: outputs as Pending<CellOutputs["services"]> };
}

async function builderOf({ section }: CheckedSection, cloud: Cloud): Promise<SectionBuilder> {
  const { [cloud]: on } = section.clouds;
  if (isSupported(on)) return on.build();
  throw new TypeError(
    `section "${section.name}" is not supported on this cloud, but passed its checks`,
  );
}

/** A section's outputs are below its name, those of additional ones below the plural. */
function putOutputs(
  outputs: Record<string, unknown>,
  { section: { name, plural = name }, key }: CheckedSection,
  value: unknown,
): void {
  if (key === undefined) outputs[name] = value;
  else outputs[plural] = { ...(outputs[plural] as object | undefined), [key]: value };
}

const notCopied = { isCopied: () => false, copiesTo: () => [] };

function contextOf(
  inputs: CellInputs,
  { section, key }: CheckedSection,
  providers: Readonly<Record<string, pulumi.ProviderResource>>,
  before: Pick<BuiltSections, "built" | "needed" | "references"> &
    Pick<SectionBuild<Cloud>, "sections">,
): Omit<SectionBuild<Cloud>, "cell" | "built" | "needed"> & { readonly cell: unknown } {
  const { cell, common, environment } = inputs;
  return {
    name: componentName(section, key),
    main: key === undefined ? undefined : before.built(section, cell.cloud),
    cell,
    common,
    deployed: inputs.deployed,
    opts: (more = {}) => ({
      ...more,
      providers: { ...providers, ...(more.providers as Record<string, pulumi.ProviderResource>) },
    }),
    lookUp: () => {
      const provider = providers[cell.cloud];
      return provider === undefined ? {} : { provider };
    },
    key: inputs.key,
    credentials: inputs.credentials,
    secret: stackSecret,
    ...before,
    serviceLogs: cell.cloud === "aws" ? serviceLogsOf(environment, cell.account) : undefined,
    traffic: trafficOf(inputs),
    // Only the main one of a section is copied.
    ...(key === undefined ? copiesOf(inputs) : notCopied),
    federated: () => federatedTargets(inputs),
    ownGrants: ownGrants(inputs.registry),
  };
}
