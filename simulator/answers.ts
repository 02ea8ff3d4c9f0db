/** Answers to the engine's calls: the result, or the cloud's error. */
import * as grpc from "@grpc/grpc-js";
import { CloudError, refusalText } from "./errors.ts";
import { InitFailed, initFailed } from "./init-failed.ts";
import type { Resource } from "./store.ts";
import { StoreDamaged } from "./store-damage.ts";
import { parseUrn } from "./urn.ts";

export type Unary<Request> = grpc.ServerUnaryCall<Request, unknown>;
type Reply = (error: Partial<grpc.StatusObject> | null, response?: unknown) => void;

/** A result that takes time, and how it fails without it. */
class Later {
  readonly again: () => object;
  readonly failure: InitFailed;

  constructor(again: () => object, failure: InitFailed) {
    this.again = again;
    this.failure = failure;
  }
}

/** The response for a resource, now or when it is ready. */
export function settled(make: () => Resource, respond: (made: Resource) => object): object {
  try {
    return respond(make());
  } catch (error) {
    if (!(error instanceof InitFailed) || error.again === undefined) throw error;
    const { again } = error;
    return new Later(() => settled(again, respond), error);
  }
}

/** Providers wait for minutes. Here nothing takes time but the resources that the engine creates at the same time. */
const waitMilliseconds = 5_000;
const pauseMilliseconds = 100;

/** A handler that returns the work's result, or its exception as the cloud's error. */
export function answer<Request>(action: string, work: (call: Unary<Request>) => object) {
  return (call: Unary<Request>, reply: Reply): void => {
    const attempt = (next: () => object, until: number): void => {
      try {
        const result = next();
        if (!(result instanceof Later)) reply(null, result);
        else if (call.cancelled || Date.now() > until) throw result.failure;
        else setTimeout(attempt, pauseMilliseconds, result.again, until);
      } catch (error) {
        reply(refusal(action, call.request, error));
      }
    };
    attempt(() => work(call), Date.now() + waitMilliseconds);
  };
}

function refusal(action: string, request: unknown, error: unknown): Partial<grpc.StatusObject> {
  const code = grpc.status.UNKNOWN;
  if (error instanceof InitFailed) {
    return { code, details: error.message, metadata: initFailed(error) };
  }
  if (error instanceof CloudError)
    return { code, details: refusalText(typeOf(request), action, error) };
  const isOwn = !(error instanceof StoreDamaged) && !isSqlite(error);
  const text = error instanceof Error && isOwn ? (error.stack ?? error.message) : String(error);
  return {
    code: grpc.status.INTERNAL,
    details: `the embedded cloud failed while ${action}: ${text}`,
  };
}

/** A full disk or a damaged file: no fault of this code, so that its place in it does not matter. */
function isSqlite(error: unknown): boolean {
  return (error as { readonly code?: unknown }).code === "ERR_SQLITE_ERROR";
}

function typeOf(request: unknown): string {
  const { getUrn, getTok } = request as { getUrn?: () => string; getTok?: () => string };
  if (getTok !== undefined) return getTok.call(request);
  return getUrn === undefined ? "" : parseUrn(getUrn.call(request)).type;
}
