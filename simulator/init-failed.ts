/** How a provider reports to the engine that a resource exists but did not become ready. */
import { createRequire } from "node:module";
import * as grpc from "@grpc/grpc-js";
import type { Resource } from "./store.ts";
import { encode } from "./wire.ts";

const require = createRequire(import.meta.url);
const { ErrorResourceInitFailed } = require("@pulumi/pulumi/proto/provider_pb.js");
const { Status } = require("@pulumi/pulumi/proto/status_pb.js");
const { Any } = require("google-protobuf/google/protobuf/any_pb.js");

/** An existing resource that did not become ready; the engine records it with the reason. */
export class InitFailed extends Error {
  override readonly name = "InitFailed";
  readonly resource: Resource;
  /** Looks again. @throws InitFailed when it is still not ready. @default it never becomes ready */
  readonly again: (() => Resource) | undefined;

  constructor(resource: Resource, reason: string, again?: () => Resource) {
    super(reason);
    this.resource = resource;
    this.again = again;
  }
}

/** The details of the failed call: the engine records the resource with them, and tries again in the next run. */
export function initFailed({ resource, message }: InitFailed): grpc.Metadata {
  const detail = new ErrorResourceInitFailed();
  detail.setId(resource.id);
  detail.setProperties(encode({ values: resource.state, secrets: resource.secrets }));
  detail.setInputs(encode({ values: resource.inputs, secrets: resource.secrets }));
  detail.setReasonsList([message]);
  const packed = new Any();
  packed.pack(detail.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
  const status = new Status();
  status.setCode(grpc.status.UNKNOWN);
  status.setMessage(message);
  status.addDetails(packed);
  const metadata = new grpc.Metadata();
  metadata.add("grpc-status-details-bin", Buffer.from(status.serializeBinary()));
  return metadata;
}
