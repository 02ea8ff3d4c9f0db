/** What a tenant has in the clouds, by store: from its state, and in a rehearsal from the embedded cloud. */
import type { Item } from "../../../operations/offboarding/certificate.ts";
import { resourcesOf, stacksOf } from "../../engine/deployed.ts";
import { withEnvironment } from "../../engine/environment.ts";
import type { Session } from "../../engine/session.ts";
import { isInCloud } from "../../engine/state.ts";
import type { Io } from "../../io.ts";
import type { FoundTenant } from "./found.ts";

export type Stores = Readonly<Record<string, readonly Item[]>>;

/** By the tenant's state. Keys are the components that resources belong to. */
export function inventoryOf(
  io: Io,
  found: FoundTenant,
  rehearse: boolean | undefined,
): Promise<Stores> {
  return within(io, found, rehearse, async (session) => {
    const { stack } = found;
    if (!(await stacksOf(session)).includes(stack)) return {};
    const resources = (await resourcesOf(session, stack)).filter(isInCloud);
    return byStore(resources.map(({ type, urn, id = "" }) => ({ type, urn, id })));
  });
}

/** What is left after a destroy: in the state, and in a rehearsal what has the tenant's tag or belongs to its stack. */
export function leftOf(io: Io, found: FoundTenant, rehearse: boolean | undefined): Promise<Stores> {
  return within(io, found, rehearse, async (session) => {
    const { stack, id } = found;
    const known = (await stacksOf(session)).includes(stack)
      ? (await resourcesOf(session, stack)).filter(isInCloud)
      : [];
    const inCloud = (session.target.inventory?.resources() ?? []).filter(
      (resource) => resource.stack === stack || isTagged(resource.outputs, id),
    );
    const all = [...known, ...inCloud].map(({ type, urn, id: physical = "" }) => ({
      type,
      urn,
      id: physical,
    }));
    return byStore([...new Map(all.map((item) => [item.urn, item])).values()]);
  });
}

function within<Result>(
  io: Io,
  { stack }: FoundTenant,
  rehearse: boolean | undefined,
  work: (session: Session) => Promise<Result>,
): Promise<Result> {
  const options = { asked: stack, ...(rehearse === undefined ? {} : { rehearse }) };
  return withEnvironment(io, options, ({ session }) => work(session));
}

/** Ownership tags on AWS, labels on Google Cloud and in Kubernetes. */
function isTagged(outputs: unknown, tenant: string): boolean {
  const { tags, labels, metadata } = (outputs ?? {}) as Readonly<
    Record<"tags" | "labels" | "metadata", Readonly<Record<string, unknown>> | undefined>
  >;
  const inMetadata = metadata?.labels as Readonly<Record<string, unknown>> | undefined;
  return [tags, labels, inMetadata].some((map) =>
    Object.entries(map ?? {}).some(
      ([key, value]) => value === tenant && /(^|[:/])tenant$/.test(key),
    ),
  );
}

function byStore(items: readonly Item[]): Stores {
  const stores: Record<string, Item[]> = {};
  for (const item of items) {
    const store = /\batoll:([a-z-]+):/.exec(item.urn)?.[1] ?? "other";
    stores[store] ??= [];
    stores[store].push(item);
  }
  return stores;
}
