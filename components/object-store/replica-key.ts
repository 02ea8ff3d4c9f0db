import type * as pulumi from "@pulumi/pulumi";
import { BlueprintError } from "../core/errors.ts";

/** The key of the target cell of a replicated bucket. */
export function replicaKey(
  keys: Readonly<Record<string, pulumi.Input<string>>> | undefined,
  cell: string,
  argument: string,
): pulumi.Input<string> {
  const key = keys !== undefined && Object.hasOwn(keys, cell) ? keys[cell] : undefined;
  if (key !== undefined) return key;
  throw new BlueprintError("manifest-invalid", "a bucket cannot be replicated:", [
    { path: `${argument}.${cell}`, message: "must be the key that encrypts the cell's buckets" },
  ]);
}
