/**
 * Runs the pack on resources through the SDK's own analyzer calls, with requests in the wire format: verdicts have the level that
 * the engine would get, and unknown values are encoded as in a preview.
 */
import { createRequire } from "node:module";
import type { ResourceValidationPolicy, StackValidationPolicy } from "@pulumi/policy";
import { runtime } from "@pulumi/pulumi";
import type {
  AnalyzeRequest,
  AnalyzeResponse,
  AnalyzeStackRequest,
} from "@pulumi/pulumi/proto/analyzer_pb.js";
import { controlOfPolicy, controls } from "../../policies/catalogue.ts";
import { enforce } from "../../policies/enforce.ts";
import type { Settings } from "../../policies/settings.ts";
import type { ResourceType } from "../../policies/types.ts";

const { unknownValue } = runtime;
const require = createRequire(import.meta.url);
const { Struct } = require("google-protobuf/google/protobuf/struct_pb.js");
const wire: typeof import("@pulumi/pulumi/proto/analyzer_pb.js") = require("@pulumi/pulumi/proto/analyzer_pb.js");
const server: {
  makeAnalyzeRpcFun: MakeCall<AnalyzeRequest>;
  makeAnalyzeStackRpcFun: MakeCall<AnalyzeStackRequest>;
} = require("@pulumi/policy/server.js");

type Policies = readonly (ResourceValidationPolicy | StackValidationPolicy)[];
type MakeCall<Request> = (
  pack: string,
  version: string,
  level: string,
  policies: Policies,
) => (
  call: { request: Request },
  reply: (error: Error | undefined, response: AnalyzeResponse) => void,
) => unknown;

/** A resource of a test. */
export interface Given {
  readonly type: ResourceType;
  readonly name: string;
  readonly props: Readonly<Record<string, unknown>>;
  /** The resources, by name, that a property comes from. */
  readonly from?: Readonly<Record<string, readonly string[]>>;
  /** Whether the program only reads it: the engine does not provide its inputs. */
  readonly read?: true;
  /** Name of the provider; resources with the same provider are in the same cluster. */
  readonly provider?: string;
}

export interface Verdict {
  readonly control: string;
  readonly level: "advisory" | "mandatory";
  readonly message: string;
  readonly urn: string;
}

export const permanent: Settings = {
  lifetime: "permanent",
  frameworks: [],
  exemptions: [],
  file: "Pulumi.prod.yaml",
  problems: [],
};

/** The pack's verdicts on each resource before it is created. */
export async function judge(
  resources: readonly Given[],
  settings = permanent,
  pack = packOf(settings),
): Promise<Verdict[]> {
  const call = server.makeAnalyzeRpcFun("atoll", "1.0.0", "mandatory", pack);
  const verdicts = await Promise.all(
    resources.map((resource) => {
      const request = new wire.AnalyzeRequest();
      request.setUrn(urnOf(resource));
      request.setType(resource.type);
      request.setName(resource.name);
      request.setProperties(Struct.fromJavaScript(resource.props));
      request.setOptions(options());
      return answer(call, request);
    }),
  );
  return verdicts.flat();
}

/** The pack's verdicts on the resources as a stack. */
export async function judgeStack(
  resources: readonly Given[],
  settings = permanent,
  pack = packOf(settings),
): Promise<Verdict[]> {
  const urns = new Map(resources.map((resource) => [resource.name, urnOf(resource)]));
  const request = new wire.AnalyzeStackRequest();
  request.setResourcesList(resources.map((resource) => stackResource(resource, urns)));
  return answer(server.makeAnalyzeStackRpcFun("atoll", "1.0.0", "mandatory", pack), request);
}

/** The pack's verdicts in one run: on each resource's inputs, and then on the stack. */
export async function judgeRun(
  resources: readonly Given[],
  settings = permanent,
): Promise<Verdict[]> {
  const pack = packOf(settings);
  const before = await judge(resources.map(asGiven), settings, pack);
  return [...before, ...(await judgeStack(resources, settings, pack))];
}

/**
 * The pack's verdicts in a preview in which no provider is configured yet: on each resource's inputs, and then on the stack, for
 * which the engine has no properties.
 */
export async function judgeUnconfigured(resources: readonly Given[]): Promise<Verdict[]> {
  const pack = packOf(permanent);
  const made = resources.filter(({ read }) => !read);
  const before = await judge(made.map(asGiven), permanent, pack);
  const untold = resources.map((resource) => ({ ...resource, props: {} }));
  return [...before, ...(await judgeStack(untold, permanent, pack))];
}

/** The inputs of a resource: its properties except those that the cloud computes. */
function asGiven(resource: Given): Given {
  const given = Object.entries(resource.props).filter(
    ([key, value]) => value !== unknownValue || key in (resource.from ?? {}),
  );
  return { ...resource, props: Object.fromEntries(given) };
}

export function urnOf({ type, name }: Pick<Given, "type" | "name">): string {
  return `urn:pulumi:prod.aws-use1::atoll::${type}::${name}`;
}

function packOf(settings: Settings): Policies {
  return enforce(controls, () => settings);
}

function stackResource(resource: Given, urns: ReadonlyMap<string, string>) {
  const message = new wire.AnalyzerResource();
  message.setUrn(urnOf(resource));
  message.setType(resource.type);
  message.setName(resource.name);
  message.setProperties(Struct.fromJavaScript(resource.props));
  message.setOptions(options());
  for (const [property, names] of Object.entries(resource.from ?? {})) {
    const dependencies = new wire.AnalyzerPropertyDependencies();
    dependencies.setUrnsList(names.map((name) => urns.get(name) ?? `urn:elsewhere::${name}`));
    message.getPropertydependenciesMap().set(property, dependencies);
  }
  if (resource.provider) {
    const provider = new wire.AnalyzerProviderResource();
    provider.setUrn(`urn:pulumi:prod::atoll::pulumi:providers:kubernetes::${resource.provider}`);
    provider.setProperties(new Struct());
    message.setProvider(provider);
  }
  return message;
}

function options() {
  const message = new wire.AnalyzerResourceOptions();
  message.setCustomtimeouts(new wire.AnalyzerResourceOptions.CustomTimeouts());
  return message;
}

function answer<Request>(
  call: ReturnType<MakeCall<Request>>,
  request: Request,
): Promise<Verdict[]> {
  return new Promise((resolve, reject) => {
    call({ request }, (error, response) => {
      if (error) reject(error);
      else resolve(response.getDiagnosticsList().map(verdict));
    });
  });
}

function verdict(diagnostic: ReturnType<AnalyzeResponse["getDiagnosticsList"]>[number]): Verdict {
  const control = controlOfPolicy(diagnostic.getPolicyname());
  const mandatory = diagnostic.getEnforcementlevel() === wire.EnforcementLevel.MANDATORY;
  return {
    control: control?.id ?? `unknown policy ${diagnostic.getPolicyname()}`,
    level: mandatory ? "mandatory" : "advisory",
    message: diagnostic.getMessage(),
    urn: diagnostic.getUrn(),
  };
}
