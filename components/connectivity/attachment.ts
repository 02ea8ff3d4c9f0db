import type * as pulumi from "@pulumi/pulumi";
import { AwsAttachment, type AwsAttachmentArgs } from "./aws-attachment.ts";
import { GoogleAttachment, type GoogleAttachmentArgs } from "./google-attachment.ts";
import { OnpremAttachment, type OnpremAttachmentArgs } from "./onprem-attachment.ts";

type AwsArgs = { readonly cloud: "aws" } & AwsAttachmentArgs;
type GcpArgs = { readonly cloud: "gcp" } & GoogleAttachmentArgs;
type OnpremArgs = { readonly cloud: "onprem" } & OnpremAttachmentArgs;

export type AttachmentArgs = AwsArgs | GcpArgs | OnpremArgs;
export type Attachment = AwsAttachment | GoogleAttachment | OnpremAttachment;

type Options = pulumi.ComponentResourceOptions;

/** Attaches a cell to the environment's hubs, with the planned routes and rules only. */
export function createAttachment(name: string, args: AwsArgs, opts?: Options): AwsAttachment;
export function createAttachment(name: string, args: GcpArgs, opts?: Options): GoogleAttachment;
export function createAttachment(name: string, args: OnpremArgs, opts?: Options): OnpremAttachment;
export function createAttachment(name: string, args: AttachmentArgs, opts?: Options): Attachment {
  switch (args.cloud) {
    case "aws":
      return new AwsAttachment(name, args, opts);
    case "gcp":
      return new GoogleAttachment(name, args, opts);
    case "onprem":
      return new OnpremAttachment(name, args, opts);
  }
}
