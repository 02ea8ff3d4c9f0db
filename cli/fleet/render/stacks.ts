/** The Stacks of the operator: one for each tenant, and gates for the environment and its cells. */
import type { Tenant } from "../../../footprint/model.ts";
import { accounts } from "./access.ts";
import {
  type FleetPlan,
  type FleetSettings,
  fleetLabels,
  type Gate,
  objectName,
  resyncSeconds,
} from "./plan.ts";
import { envRefs, workspaceTemplate } from "./workspace.ts";

type Bag = Record<string, unknown>;

/** Stacks live in a namespace of their own: one in a namespace that is being deleted stalls (pulumi-kubernetes-operator#1181). */
export function tenantStack(
  { environment, namespace }: FleetPlan,
  settings: FleetSettings,
  tenant: Tenant,
): Bag {
  const labels = {
    ...fleetLabels(environment),
    "atoll.dev/tenant": tenant.name,
    "atoll.dev/tier": tenant.tier,
    "atoll.dev/cell": tenant.cells[0] ?? "",
    "atoll.dev/ring": String(tenant.ring),
  };
  const needs = [environment, ...tenant.on.map(({ cell }) => cell.stack)];
  return {
    ...head(tenant.stack, namespace, labels),
    spec: {
      ...common(tenant.stack, settings, labels),
      serviceAccountName: accounts.workspace,
      prerequisites: needs.map((stack) => ({ name: objectName(stack) })),
      // A resync is an update without a refresh: tenants follow what their cell publishes, and drift is only reported (#1037).
      continueResyncOnCommitMatch: true,
      resyncFrequencySeconds: resyncSeconds(tenant.stack),
    },
  };
}

/** The preview of an environment or a cell, which the fleet never changes: tenants wait until the image can run its program. */
export function gateStack(
  { environment, namespace }: FleetPlan,
  settings: FleetSettings,
  { stack, needs }: Gate,
): Bag {
  const labels = { ...fleetLabels(environment), "atoll.dev/gate": "true" };
  return {
    ...head(stack, namespace, labels),
    spec: {
      ...common(stack, settings, labels),
      serviceAccountName: accounts.preview,
      preview: true,
      // Without a deployed cell there is nothing to wait for: an empty stack is not created in its place.
      useLocalStackOnly: true,
      ...(needs.length === 0
        ? {}
        : { prerequisites: needs.map((need) => ({ name: objectName(need) })) }),
    },
  };
}

function head(stack: string, namespace: string, labels: Bag): Bag {
  const metadata = { name: objectName(stack), namespace, labels };
  return { apiVersion: "pulumi.com/v1", kind: "Stack", metadata };
}

function common(stack: string, settings: FleetSettings, labels: Record<string, string>): Bag {
  const secretsProvider = settings.secretsProviderOf(stack);
  return {
    stack,
    ...(secretsProvider === undefined ? {} : { secretsProvider }),
    envRefs: envRefs(secretsProvider === undefined),
    refresh: false,
    // A Stack is deleted by a wrong commit or a pruned Application as well; a tenant is removed with `atoll tenant` only.
    destroyOnFinalize: false,
    // Otherwise each stack keeps a StatefulSet and its pod for ever (#1318).
    workspaceReclaimPolicy: "Delete",
    retryMaxBackoffDurationSeconds: 3600,
    workspaceTemplate: workspaceTemplate(settings.image, labels),
  };
}
