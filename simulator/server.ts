/** The provider protocol of Pulumi's engine; other files implement the operations. */
import { createRequire } from "node:module";
import type * as grpc from "@grpc/grpc-js";
import type * as messages from "@pulumi/pulumi/proto/provider_pb.js";
import { answer, settled, type Unary } from "./answers.ts";
import { invoke } from "./invokes/index.ts";
import type { Provider, Wanted } from "./provider.ts";
import { diffConfig } from "./provider-config.ts";
import type { Providers } from "./providers.ts";
import type { Store } from "./store.ts";
import { packageOf, parseUrn } from "./urn.ts";
import { decode, encode } from "./wire.ts";

const require = createRequire(import.meta.url);
const pb: typeof messages = require("@pulumi/pulumi/proto/provider_pb.js");
const { ResourceProviderService } = require("@pulumi/pulumi/proto/provider_grpc_pb.js");
const { PluginInfo } = require("@pulumi/pulumi/proto/plugin_pb.js");
const { Empty } = require("google-protobuf/google/protobuf/empty_pb.js");

/** The implementation of the operations. */
export interface Parts {
  readonly store: Store;
  readonly providers: Providers;
  /** The provider of a package. */
  readonly provider: (pack: string) => Provider;
}

/** The engine warns if a provider is older than the program's SDK; the schemas here come from the installed SDKs. */
const anyVersion = "9999.0.0";

/** The handlers of the gRPC service. */
export function service({ store, providers, provider }: Parts): {
  definition: grpc.ServiceDefinition;
  handlers: grpc.UntypedServiceImplementation;
} {
  const wanted = (peer: string, urn: string, properties: Parameters<typeof decode>[0]): Wanted => {
    const { stack, type } = parseUrn(urn);
    return {
      ...decode(properties),
      urn,
      type,
      config: providers.configOf(peer, packageOf(type), stack),
    };
  };
  const of = ({ type }: Wanted) => provider(packageOf(type));

  return {
    definition: ResourceProviderService,
    handlers: {
      handshake: answer("handshaking", (): object => {
        const response = new pb.ProviderHandshakeResponse();
        response.setAcceptSecrets(true);
        return response;
      }),
      attach: answer("attaching", () => new Empty()),
      // One process serves every engine: a run that is cancelled ends its calls, not the cloud.
      cancel: answer("cancelling", () => new Empty()),
      getPluginInfo: answer("", () => {
        const info = new PluginInfo();
        info.setVersion(anyVersion);
        return info;
      }),
      getSchema: answer("", () => {
        const response = new pb.GetSchemaResponse();
        response.setSchema("{}");
        return response;
      }),
      checkConfig: answer("checking", ({ request }: Unary<messages.CheckRequest>) => {
        const response = new pb.CheckResponse();
        response.setInputs(encode(decode(request.getNews())));
        return response;
      }),
      diffConfig: answer("comparing", ({ request }: Unary<messages.DiffRequest>) => {
        const olds = decode(request.getOldInputs() ?? request.getOlds()).values;
        const { changed, replaces } = diffConfig(
          request.getType(),
          olds,
          decode(request.getNews()).values,
        );
        const response = new pb.DiffResponse();
        const { DIFF_SOME, DIFF_NONE } = pb.DiffResponse.DiffChanges;
        response.setChanges(changed.length > 0 ? DIFF_SOME : DIFF_NONE);
        response.setDiffsList(changed);
        response.setReplacesList(replaces);
        return response;
      }),
      configure: answer("configuring", (call: Unary<messages.ConfigureRequest>) => {
        const { request } = call;
        providers.configure(
          call.getPeer(),
          request.getUrn() ?? "",
          decode(request.getArgs()).values,
        );
        const response = new pb.ConfigureResponse();
        response.setAcceptsecrets(true);
        response.setSupportspreview(true);
        return response;
      }),
      check: answer("checking", (call: Unary<messages.CheckRequest>) => {
        const { request } = call;
        const asked = wanted(call.getPeer(), request.getUrn(), request.getNews());
        const { inputs, failures } = of(asked).check(asked, decode(request.getOlds()).values);
        const response = new pb.CheckResponse();
        response.setInputs(encode({ values: inputs, secrets: asked.secrets }));
        response.setFailuresList(failures.map(checkFailure));
        return response;
      }),
      diff: answer("comparing", (call: Unary<messages.DiffRequest>) => {
        const { request } = call;
        const asked = wanted(call.getPeer(), request.getUrn(), request.getNews());
        const state = decode(request.getOlds()).values;
        const olds = request.hasOldInputs() ? decode(request.getOldInputs()).values : state;
        return diffResponse(of(asked).diff(asked, request.getId(), olds, state));
      }),
      create: answer("creating", (call: Unary<messages.CreateRequest>) => {
        const { request } = call;
        const asked = wanted(call.getPeer(), request.getUrn(), request.getProperties());
        const response = new pb.CreateResponse();
        if (request.getPreview()) {
          response.setProperties(encode(of(asked).preview(asked, undefined, {})));
          return response;
        }
        return settled(
          () => of(asked).create(asked),
          (made) => {
            response.setId(made.id);
            response.setProperties(encode(stateOf(made)));
            return response;
          },
        );
      }),
      read: answer("reading", (call: Unary<messages.ReadRequest>) => {
        const { request } = call;
        const asked = wanted(call.getPeer(), request.getUrn(), request.getProperties());
        const found = of(asked).read(asked.type, request.getId(), asked.values, asked.config);
        const response = new pb.ReadResponse();
        if (found === undefined) return response;
        response.setId(found.id);
        response.setProperties(encode({ values: found.state, secrets: found.secrets }));
        response.setInputs(encode({ values: found.inputs, secrets: found.secrets }));
        return response;
      }),
      update: answer("updating", (call: Unary<messages.UpdateRequest>) => {
        const { request } = call;
        const asked = wanted(call.getPeer(), request.getUrn(), request.getNews());
        const state = decode(request.getOlds()).values;
        const response = new pb.UpdateResponse();
        if (request.getPreview()) {
          response.setProperties(encode(of(asked).preview(asked, request.getId(), state)));
          return response;
        }
        return settled(
          () => of(asked).update(asked, request.getId(), state),
          (made) => {
            response.setProperties(encode(stateOf(made)));
            return response;
          },
        );
      }),
      delete: answer("deleting", (call: Unary<messages.DeleteRequest>) => {
        const { request } = call;
        const asked = wanted(call.getPeer(), request.getUrn(), request.getProperties());
        of(asked).delete(asked, request.getId());
        return new Empty();
      }),
      invoke: answer("invoking", (call: Unary<messages.InvokeRequest>) => {
        const { request } = call;
        const config = providers.configOf(call.getPeer(), packageOf(request.getTok()));
        const { values, secrets } = decode(request.getArgs());
        const { result, failures } = invoke(request.getTok(), values, config, store);
        const all = secrets.length > 0 ? Object.keys(result).map((name) => `/${name}`) : [];
        const response = new pb.InvokeResponse();
        response.setReturn(encode({ values: result, secrets: all }));
        response.setFailuresList(failures.map(checkFailure));
        return response;
      }),
    },
  };
}

function stateOf({ state, secrets }: { state: Wanted["values"]; secrets: readonly string[] }) {
  return { values: state, secrets };
}

function checkFailure({
  property,
  reason,
}: {
  property: string;
  reason: string;
}): messages.CheckFailure {
  const failure = new pb.CheckFailure();
  failure.setProperty(property);
  failure.setReason(reason);
  return failure;
}

function diffResponse({
  changes,
  deleteBeforeReplace,
}: ReturnType<Provider["diff"]>): messages.DiffResponse {
  const { Kind } = pb.PropertyDiff;
  const kinds = {
    add: [Kind.ADD, Kind.ADD_REPLACE],
    update: [Kind.UPDATE, Kind.UPDATE_REPLACE],
    delete: [Kind.DELETE, Kind.DELETE_REPLACE],
  } as const;
  const response = new pb.DiffResponse();
  const { DIFF_SOME, DIFF_NONE } = pb.DiffResponse.DiffChanges;
  response.setChanges(changes.length > 0 ? DIFF_SOME : DIFF_NONE);
  response.setDiffsList([...new Set(changes.map(({ path }) => topOf(path)))]);
  response.setReplacesList([
    ...new Set(changes.filter(({ replace }) => replace).map(({ path }) => topOf(path))),
  ]);
  response.setDeletebeforereplace(deleteBeforeReplace);
  response.setHasdetaileddiff(true);
  for (const { path, kind, replace } of changes) {
    const diff = new pb.PropertyDiff();
    diff.setKind(kinds[kind][replace ? 1 : 0]);
    diff.setInputdiff(true);
    response.getDetaileddiffMap().set(path, diff);
  }
  return response;
}

function topOf(path: string): string {
  return path.split(/[.[]/)[0] ?? path;
}
