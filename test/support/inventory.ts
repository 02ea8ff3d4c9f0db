import * as pulumi from "@pulumi/pulumi";
import type {
  RegisterResourceOutputsRequest,
  RegisterResourceRequest,
} from "@pulumi/pulumi/proto/resource_pb.js";
import { lightSdk } from "./light-sdk.ts";
import { mockInvoke, mockOutputs } from "./mock-cloud.ts";
import { secretPaths, unwrapped } from "./wire.ts";

/** A resource that a program registered, with outputs resolved and secrets unwrapped. */
export interface Registered {
  readonly type: string;
  readonly name: string;
  /** The logical name of the parent; absent at the top level. */
  readonly parent?: string;
  readonly urn: string;
  /** False for components. */
  readonly custom: boolean;
  readonly inputs: Record<string, unknown>;
  /** Paths of inputs that were secret, for example `kubeconfig` or `settings.rootPassword`. */
  readonly secrets: readonly string[];
  /** Inputs that are unknown in a preview; always empty without `preview`. */
  readonly unknowns: readonly string[];
  readonly protect: boolean;
  readonly retainOnDelete: boolean;
  readonly dependsOn: readonly string[];
  readonly ignoreChanges: readonly string[];
  readonly replaceOnChanges: readonly string[];
  readonly deleteBeforeReplace: boolean;
  /** The timeout of its deletion, for example `1h30m`; empty for the provider's default. */
  readonly deleteTimeout: string;
  /** The timeout of its creation; empty for the provider's default. */
  readonly createTimeout: string;
  /** The provider as `urn::id`; empty for the default one. */
  readonly provider: string;
  /** The outputs of a component; absent when `registerOutputs` was not called. */
  readonly outputs?: Record<string, unknown>;
}

export interface InventoryOptions {
  /** Simulates a preview: computed outputs are unknown. */
  readonly preview?: boolean;
  readonly stack?: string;
  /** Outputs of a resource that override those of `mock-cloud.ts`. */
  readonly respond?: (resource: {
    type: string;
    name: string;
    inputs: Record<string, unknown>;
  }) => Record<string, unknown> | undefined;
  /** Results of data sources that override those of `mock-cloud.ts`. */
  readonly invoke?: (
    token: string,
    args: Record<string, unknown>,
  ) => Record<string, unknown> | undefined;
}

/**
 * Runs a part of a Pulumi program with the SDK's mocks and returns its resources, in order of registration.
 *
 * It proves what the engine is asked to do, but not that a cloud would accept it, nor what the engine does with it.
 */
export function inventory(
  build: () => unknown,
  options: InventoryOptions = {},
): Promise<Registered[]> {
  const taken = queue.then(() => take(build, options));
  queue = taken.catch(() => undefined);
  return taken;
}

/** The SDK's mocks are global to the process, so inventories run in sequence. */
let queue: Promise<unknown> = Promise.resolve();

async function take(build: () => unknown, options: InventoryOptions): Promise<Registered[]> {
  const registered = new Map<string, Registered>();
  const restore = lightSdk();
  await pulumi.runtime.setMocks(
    {
      newResource: ({ type, name, inputs }) => {
        const plain = unwrapped(inputs) as Record<string, unknown>;
        const { id, state } = mockOutputs(type, name, plain);
        const known = { ...state, ...options.respond?.({ type, name, inputs: plain }) };
        if (options.preview) return { id: undefined, state: plain };
        return { id, state: { ...plain, ...known } };
      },
      call: ({ token, inputs }) => {
        const result = options.invoke?.(token, inputs) ?? mockInvoke(token, inputs);
        if (result === undefined) throw new Unmocked(token);
        return result;
      },
    },
    "atoll",
    options.stack ?? "local",
    options.preview ?? false,
    // The organization of self-managed backends.
    "organization",
  );
  recordFrom(monitor(), registered);
  try {
    await build();
  } finally {
    await pulumi.runtime.disconnect();
    restore();
  }
  return [...registered.values()];
}

/** The only resource of this type (and name); fails when there is none or more than one. */
export function only(resources: readonly Registered[], type: string, name?: string): Registered {
  const found = resources.filter((r) => r.type === type && (name === undefined || r.name === name));
  if (found.length !== 1 || found[0] === undefined) {
    throw new Error(
      `expected one ${type}${name ? ` "${name}"` : ""}, found ${found.length} in:\n${resources
        .map((r) => `  ${r.type} ${r.name}`)
        .join("\n")}`,
    );
  }
  return found[0];
}

/** The number of resources of each type. */
export function counts(resources: readonly Pick<Registered, "type">[]): Record<string, number> {
  const byType: Record<string, number> = {};
  for (const { type } of [...resources].sort((a, b) => (a.type < b.type ? -1 : 1))) {
    byType[type] = (byType[type] ?? 0) + 1;
  }
  return byType;
}

/** The SDK shows the `details` of a failed call, as in gRPC errors, and not its message. */
class Unmocked extends Error {
  readonly details: string;
  constructor(token: string) {
    super(token);
    this.details = `no mock for the data source ${token}`;
  }
}

type Answer = (error: unknown, response?: { getUrn(): string }) => void;

interface Monitor {
  registerResource(request: RegisterResourceRequest, answer: Answer): Promise<void>;
  registerResourceOutputs(request: RegisterResourceOutputsRequest, answer: Answer): void;
}

function monitor(): Monitor {
  const current: unknown = pulumi.runtime.getMonitor();
  if (typeof current !== "object" || current === null) throw new Error("the mocks are not set");
  return current as Monitor;
}

/** The mocks do not receive options such as parent or protection, so these are read from the requests. */
function recordFrom(target: Monitor, registered: Map<string, Registered>): void {
  const registerResource = target.registerResource.bind(target);
  const registerResourceOutputs = target.registerResourceOutputs.bind(target);
  target.registerResource = (request, answer) =>
    registerResource(request, (error, response) => {
      if (response) registered.set(response.getUrn(), entry(request, response.getUrn()));
      answer(error, response);
    });
  target.registerResourceOutputs = (request, answer) => {
    const known = registered.get(request.getUrn());
    if (known) {
      const outputs = request.getOutputs()?.toJavaScript() ?? {};
      registered.set(known.urn, {
        ...known,
        outputs: unwrapped(outputs) as Record<string, unknown>,
      });
    }
    registerResourceOutputs(request, answer);
  };
}

function entry(request: RegisterResourceRequest, urn: string): Registered {
  const raw = request.getObject()?.toJavaScript() ?? {};
  const parent = request.getParent().split("::").at(-1);
  return {
    type: request.getType(),
    name: request.getName(),
    ...(parent ? { parent } : {}),
    urn,
    custom: request.getCustom(),
    inputs: unwrapped(raw) as Record<string, unknown>,
    secrets: secretPaths(raw),
    unknowns: unknownPaths(raw),
    protect: request.getProtect() ?? false,
    retainOnDelete: request.getRetainondelete() ?? false,
    dependsOn: request.getDependenciesList(),
    ignoreChanges: request.getIgnorechangesList(),
    replaceOnChanges: request.getReplaceonchangesList(),
    deleteBeforeReplace: request.getDeletebeforereplace(),
    deleteTimeout: request.getCustomtimeouts()?.getDelete() ?? "",
    createTimeout: request.getCustomtimeouts()?.getCreate() ?? "",
    provider: request.getProvider(),
  };
}

function unknownPaths(value: unknown, path = ""): string[] {
  if (value === pulumi.runtime.unknownValue) return [path];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    unknownPaths(inner, path ? `${path}.${key}` : key),
  );
}
