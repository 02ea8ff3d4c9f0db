/**
 * Fault injection, to test failures of real clouds. Seeded: the same plan affects the same resources, in any order of calls.
 */
import { createHash } from "node:crypto";
import { z } from "zod";
import { CloudError } from "./errors.ts";

/** What a fault applies to: part of a URN, including the type (`eks/nodeGroup`), and which of the matching calls. */
const target = z.strictObject({
  /** Part of the resource's URN. Default: every resource. */
  match: z.string().default(""),
  /** Which matching call, counted from 1 over the life of the server. Default: all of them. */
  nth: z.int().positive().optional(),
});

export const faultPlan = z.strictObject({
  /** Default 1. */
  seed: z.int().default(1),
  /** Probability from 0 to 1 that a call is throttled beyond the provider's own retries. */
  throttle: z.number().min(0).max(1).optional(),
  /** Creations for which the cloud has no capacity. */
  capacity: target.optional(),
  /** Calls whose work is done but whose answer is lost: the resource exists, but the engine does not know it. */
  timeoutAfterWork: target.optional(),
  /** Creations whose resource never becomes ready: the engine records it with the error and tries again. */
  partial: target.optional(),
  /** Calls that fail before any work is done. */
  failAt: target.optional(),
  /** The process kills itself at the n-th change, before or after it is durable. */
  crashAtCall: z
    .strictObject({ n: z.int().positive(), when: z.enum(["before", "after"]).default("after") })
    .optional(),
});

export type FaultPlan = z.input<typeof faultPlan>;
type Parsed = z.output<typeof faultPlan>;
type Target = z.output<typeof target>;
export type Action = "create" | "update" | "delete";

/** The plan of the environment variable ATOLL_FAULTS, as JSON; without it there are no faults. */
export function plannedFaults(): FaultPlan {
  const given = process.env.ATOLL_FAULTS;
  return given === undefined ? {} : (JSON.parse(given) as FaultPlan);
}

/** Work that is done although the call fails; the caller keeps it. */
export class PartialFailure extends Error {
  override readonly name = "PartialFailure";
}

export class Faults {
  readonly #plan: Parsed;
  readonly #counts = new Map<string, number>();
  readonly #attempt: (urn: string) => number;

  /**
   * @param attempt counts the calls for a resource, including this one; it must outlive the process, or a throttled call would be
   *   throttled forever. Default: counted in memory.
   * @throws ZodError when the plan is invalid.
   */
  constructor(plan: FaultPlan = {}, attempt?: (urn: string) => number) {
    this.#plan = faultPlan.parse(plan);
    this.#attempt = attempt ?? ((urn) => this.#count(`attempt ${urn}`));
  }

  /** Called before any work. @throws CloudError for a planned fault. */
  before(action: Action, urn: string): void {
    const { throttle = 0, failAt, capacity, crashAtCall } = this.#plan;
    if (crashAtCall?.when === "before" && this.#count("crash") === crashAtCall.n) crash();
    if (throttle > 0 && this.#draw(urn) < throttle) {
      throw new CloudError("ThrottlingException", "Rate exceeded (retries are used up)");
    }
    if (this.#hits("fail", failAt, urn)) {
      throw new CloudError(
        "InternalFailure",
        "The request processing has failed because of an unknown error",
      );
    }
    if (action === "create" && this.#hits("capacity", capacity, urn)) {
      throw new CloudError(
        "InsufficientInstanceCapacity",
        "There is no capacity available that matches your request; wait, or ask for other instance types or zones",
      );
    }
  }

  /** Called when the change is durable. @throws CloudError or PartialFailure for a planned fault. */
  after(action: Action, urn: string): void {
    const { timeoutAfterWork, partial, crashAtCall } = this.#plan;
    if (crashAtCall?.when === "after" && this.#count("crash") === crashAtCall.n) crash();
    if (this.#hits("timeout", timeoutAfterWork, urn)) {
      throw new CloudError(
        "RequestTimeout",
        "timeout while waiting for the answer; the work may have been done",
      );
    }
    if (action === "create" && this.#hits("partial", partial, urn)) {
      throw new PartialFailure("timeout while waiting for state to become 'ACTIVE'");
    }
  }

  #hits(kind: string, wanted: Target | undefined, urn: string): boolean {
    if (!wanted?.match && wanted?.nth === undefined && wanted !== undefined) return true;
    if (wanted === undefined || !urn.includes(wanted.match)) return false;
    return wanted.nth === undefined || this.#count(kind) === wanted.nth;
  }

  #count(kind: string): number {
    const count = (this.#counts.get(kind) ?? 0) + 1;
    this.#counts.set(kind, count);
    return count;
  }

  /** A number from 0 to 1, derived from the seed, the resource and the number of calls for it. */
  #draw(urn: string): number {
    const text = `${this.#plan.seed}|${urn}|${this.#attempt(urn)}`;
    return createHash("sha256").update(text).digest().readUInt32BE(0) / 2 ** 32;
  }
}

/** Like `kill -9`: nothing is flushed, closed or answered. */
function crash(): void {
  process.kill(process.pid, "SIGKILL");
}
