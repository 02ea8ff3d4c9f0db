/**
 * Faults on demand, so that a run meets what a real cloud does on a bad day. Seeded: the same plan hits the same resources, in
 * whatever order the engine asks for them.
 */
import { createHash } from "node:crypto";
import { z } from "zod";
import { CloudError } from "./errors.ts";

/** What a fault applies to: a part of a URN, the type included (`eks/nodeGroup`), and which of the matching calls. */
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
  /** Calls whose work is done but whose answer never comes: the resource stands, the engine does not know of it. */
  timeoutAfterWork: target.optional(),
  /** Creations that stand but never become ready: the engine records them with their error and tries again. */
  partial: target.optional(),
  /** Calls that fail before anything is done. */
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

/** Work that was done although the call fails; the caller keeps it. */
export class PartialFailure extends Error {
  override readonly name = "PartialFailure";
}

export class Faults {
  readonly #plan: Parsed;
  readonly #counts = new Map<string, number>();
  readonly #attempt: (urn: string) => number;

  /**
   * @param attempt how often a resource was asked for, this time included; it must outlive the process, or what is throttled once
   *   would be for ever. Default: counted in memory.
   * @throws ZodError when the plan is not one.
   */
  constructor(plan: FaultPlan = {}, attempt?: (urn: string) => number) {
    this.#plan = faultPlan.parse(plan);
    this.#attempt = attempt ?? ((urn) => this.#count(`attempt ${urn}`));
  }

  /** Before anything is done. @throws CloudError when the plan says so. */
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

  /** When the change is durable. @throws CloudError or PartialFailure when the plan says so. */
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

  /** A number from 0 to 1 that follows from the seed, the resource and how often it was asked for. */
  #draw(urn: string): number {
    const text = `${this.#plan.seed}|${urn}|${this.#attempt(urn)}`;
    return createHash("sha256").update(text).digest().readUInt32BE(0) / 2 ** 32;
  }
}

/** As `kill -9` from outside: nothing is flushed, closed or answered. */
function crash(): void {
  process.kill(process.pid, "SIGKILL");
}
