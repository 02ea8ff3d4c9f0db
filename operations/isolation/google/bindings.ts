/** IAM bindings on Google Cloud, by the kind of resource that they are on. Pure. */
import type { IsolationResource } from "../model.ts";
import { at, list, parsed, record, text, texts } from "../plain.ts";
import { type CellView, registrant } from "../view.ts";

export interface GoogleBinding {
  /** `bucket`, `secret`, `project`, `key`. */
  readonly on: string;
  /** The resource, as names in conditions write it where they do. */
  readonly name: string;
  readonly role: string;
  readonly members: readonly string[];
  /** CEL. */
  readonly condition?: string;
  readonly resource: IsolationResource;
}

interface Kind {
  readonly on: string;
  /** The type's beginning: `gcp:storage/bucketIAM`. */
  readonly type: string;
  /** The field with the resource. */
  readonly field: string;
}

/** Types of bindings: `<type>Member`, `<type>Binding` and `<type>Policy`. */
const kinds: readonly Kind[] = [
  { on: "bucket", type: "gcp:storage/bucketIAM", field: "bucket" },
  { on: "folder", type: "gcp:storage/managedFolderIam", field: "bucket" },
  { on: "secret", type: "gcp:secretmanager/secretIam", field: "secretId" },
  { on: "topic", type: "gcp:pubsub/topicIAM", field: "topic" },
  { on: "subscription", type: "gcp:pubsub/subscriptionIAM", field: "subscription" },
  { on: "key", type: "gcp:kms/cryptoKeyIAM", field: "cryptoKeyId" },
  { on: "key ring", type: "gcp:kms/keyRingIAM", field: "keyRingId" },
  { on: "project", type: "gcp:projects/iAM", field: "project" },
];

export function googleBindings(view: CellView): GoogleBinding[] {
  return kinds.flatMap(({ on, type, field }) => {
    const named = (suffix: string) => {
      const short = `${type}${suffix}`;
      const kind = short.split("/").at(-1) ?? "";
      return view.ofType(`${short}:${kind.charAt(0).toUpperCase()}${kind.slice(1)}`);
    };
    const nameOf = ({ inputs }: IsolationResource) =>
      on === "folder"
        ? objectsOf(text(inputs.bucket), text(inputs.managedFolder))
        : lastPart(text(inputs[field]) ?? "", on);
    const single = [...named("Member"), ...named("Binding")].map((resource) =>
      bindingOf(on, nameOf(resource), resource, resource.inputs),
    );
    const policies = named("Policy").flatMap((resource) =>
      list(record(parsed(resource.inputs.policyData)).bindings).map((each) =>
        bindingOf(on, nameOf(resource), resource, record(each)),
      ),
    );
    return [...single, ...policies];
  });
}

/** The names of objects in a bucket, below a folder that ends in a slash. */
export function objectsOf(bucket = "", folder = ""): string {
  return `projects/_/buckets/${bucket}/objects/${folder}*`;
}

/** Buckets, secrets and topics by their short names; keys and projects in full. */
function lastPart(name: string, on: string): string {
  if (on === "project" || on.startsWith("key")) return name;
  return name.split("/").at(-1) ?? name;
}

function bindingOf(
  on: string,
  name: string,
  resource: IsolationResource,
  binding: Readonly<Record<string, unknown>>,
): GoogleBinding {
  const condition = text(at(binding, "condition", "expression"));
  return {
    on,
    name,
    role: text(binding.role) ?? "",
    members: [...texts(binding.member), ...texts(binding.members)],
    ...(condition === undefined ? {} : { condition }),
    resource,
  };
}

const registered: readonly (readonly [on: string, type: string, fields: readonly string[]])[] = [
  ["bucket", "gcp:storage/bucket:Bucket", ["name"]],
  ["secret", "gcp:secretmanager/secret:Secret", ["secretId"]],
  ["topic", "gcp:pubsub/topic:Topic", ["name"]],
  ["subscription", "gcp:pubsub/subscription:Subscription", ["name"]],
  ["key", "gcp:kms/cryptoKey:CryptoKey", ["id"]],
  ["key ring", "gcp:kms/keyRing:KeyRing", ["id"]],
];

/** Who registered a resource, by kind and name. Undefined for one that no stack registered. */
export function googleOwners(view: CellView): (on: string, name: string) => string | undefined {
  const owners = new Map<string, string>();
  for (const [on, type, fields] of registered) {
    for (const resource of view.ofType(type)) {
      for (const field of fields) {
        const name = text(resource.inputs[field]) ?? text(resource.outputs[field]);
        if (name !== undefined) owners.set(`${on} ${name}`, registrant(resource));
      }
    }
  }
  return (on, name) => owners.get(`${on} ${name}`);
}
