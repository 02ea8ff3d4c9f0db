/** Waiting of the Kubernetes provider for custom resources, with its messages (provider.go and awaiter.go of pulumi-kubernetes 4). */
import { valueAt } from "../outputs/making.ts";
import type { Resource } from "../store.ts";
import { type Bag, isBag } from "../wire.ts";
import { clusterObject } from "./object.ts";

/** Why an object that the provider waits for is not ready; undefined if it is. The reason is what its status says. */
export function awaitFailure(
  { id, inputs, state }: Pick<Resource, "id" | "inputs" | "state">,
  action: "create" | "update",
): string | undefined {
  if (!awaitsReady(inputs) || clusterObject({ inputs, state }).isReady) return undefined;
  const { status } = state;
  const conditions = valueAt(status, ["conditions"]);
  const reason = Array.isArray(conditions) ? valueAt(conditions[0], ["message"]) : undefined;
  const what =
    action === "create"
      ? `resource ${id} was successfully created, but the Kubernetes API server reported that it failed`
      : `the Kubernetes API server reported that "${id}" failed`;
  return `${what} to fully initialize or become live: timed out waiting for the condition (its status in the embedded cloud: ${String(reason)})`;
}

/** Whether the provider waits for the condition `Ready`, which a list of conditions can contain. */
function awaitsReady({ metadata }: Bag): boolean {
  const annotations = isBag(metadata) ? metadata.annotations : undefined;
  if (!isBag(annotations) || annotations["pulumi.com/skipAwait"] === "true") return false;
  return /condition=ready/i.test(String(annotations["pulumi.com/waitFor"] ?? ""));
}
