/** Builds the sections of a tenant on one cell, in the order of the registry. */
import * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { ComponentArgs, StackRun } from "../../components/core/component.ts";
import type { Credentials } from "../../components/provider/credentials.ts";
import { targetId } from "../../components/provider/target.ts";
import type { TenantBuild } from "../../components/section/tenant-build.ts";
import {
  isSupportedForTenants,
  type TenantSection,
  type TenantSectionBuilder,
} from "../../components/section/tenant-section.ts";
import type { Cell, Environment, Tenant, TenantOnCell, TenantSpec } from "../../footprint/model.ts";
import { stackSecret } from "../config.ts";
import { keyOf } from "../environment/keys.ts";
import type { EnvironmentOutputs } from "../outputs/environment.ts";
import { readCell, readCluster, referenceTo } from "../outputs/read.ts";
import { tenantOwnership } from "../ownership.ts";
import { cellValues } from "./cell-values.ts";

export interface TenantInputs {
  readonly environment: Environment;
  /** The outputs of the environment's stack; undefined in a preview that runs before it is deployed. */
  readonly outputs: EnvironmentOutputs | undefined;
  readonly tenant: Tenant;
  readonly cell: Cell;
  readonly run: StackRun;
}

/** A cell that a tenant is built on. */
export interface OpenPlace extends TenantInputs {
  readonly providers: Readonly<Record<string, pulumi.ProviderResource>>;
  readonly values: ReturnType<typeof cellValues>;
  /** What is built: of a section that the tenant has twice, the one that it works with. */
  readonly components: Map<string, unknown>;
}

export async function openPlace(inputs: TenantInputs): Promise<OpenPlace> {
  const { cell, environment } = inputs;
  const reference = referenceTo(cell.stack);
  const { kubeconfig, identifier } = readCluster(cell.stack, reference);
  const providers: Record<string, pulumi.ProviderResource> = {
    ...(await cloudProvider(cell, environment.credentials)),
    kubernetes: new kubernetes.Provider(`${cell.name}-cluster`, {
      kubeconfig,
      clusterIdentifier: identifier,
      enableServerSideApply: true,
    }),
  };
  const values = cellValues(cell, await readCell(cell.stack, reference));
  return { ...inputs, providers, values, components: new Map() };
}

/**
 * @param buildOf how often a section was recreated
 * @returns the outputs of its sections by name
 */
export async function buildOn(
  open: OpenPlace,
  place: TenantOnCell,
  buildOf: (section: string) => number,
): Promise<Record<string, unknown>> {
  const { environment, outputs, tenant, cell, run, providers, values } = open;
  const { credentials } = environment;
  const common: ComponentArgs = { ownership: tenantOwnership(environment, cell, tenant), ...run };
  // What is built beside the tenant's own sections finds these, where it has none.
  const components = new Map(open.components);
  const built = ({ name }: TenantSection) => components.get(name) as never;
  const needed = (section: TenantSection) => {
    const found = built(section);
    if (found !== undefined) return found;
    throw new TypeError(`section "${section.name}" is built after a section that needs it`);
  };
  const found: Record<string, unknown> = {};
  for (const { section, spec } of place.sections) {
    const number = buildOf(section.name);
    const build: TenantBuild = {
      name: `${cell.name}-${section.component}${number === 1 ? "" : `-${number}`}`,
      tenant: place.context,
      common,
      credentials,
      cluster: { provider: providers.kubernetes as kubernetes.Provider },
      opts: (more = {}) => ({
        ...more,
        providers: { ...providers, ...(more.providers as typeof providers) },
      }),
      key: (purpose) => keyOf(outputs, targetId(cell), purpose),
      secret: stackSecret,
      ...values,
      built,
      needed,
    };
    const builder = await builderOf({ section, spec }, place);
    const component = await builder.build(spec as never, build as never);
    if (component === undefined) continue;
    components.set(section.name, component);
    if (!open.components.has(section.name)) open.components.set(section.name, component);
    if (section.outputsOf) found[section.name] = section.outputsOf(component as never);
  }
  return found;
}

/** Loads only the SDK of the cell's cloud, because SDKs take most of a program's load time. */
async function cloudProvider(
  cell: Cell,
  credentials: Credentials,
): Promise<Record<string, pulumi.ProviderResource>> {
  switch (cell.cloud) {
    case "aws": {
      const { awsProvider } = await import("../../components/provider/aws.ts");
      return { aws: awsProvider(cell.name, cell, credentials) };
    }
    case "gcp": {
      const { gcpProvider } = await import("../../components/provider/gcp.ts");
      return { gcp: gcpProvider(cell.name, cell, credentials) };
    }
    case "onprem":
      return {};
  }
}

async function builderOf(
  { section }: TenantSpec,
  { cell }: TenantOnCell,
): Promise<TenantSectionBuilder> {
  const on = section.clouds[cell.cloud];
  if (isSupportedForTenants(on)) return on.build();
  throw new TypeError(`section "${section.name}" is not supported here, but passed its checks`);
}
