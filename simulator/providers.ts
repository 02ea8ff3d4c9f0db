/**
 * The configuration of each call. The engine opens one connection per provider instance and configures it once; a reopened
 * connection uses the configuration that the store has recorded for the stack.
 */
import { CloudError } from "./errors.ts";
import type { Store } from "./store.ts";
import { packageOf, parseUrn } from "./urn.ts";
import type { Bag } from "./wire.ts";

/** Number of remembered connections; older ones are found through the store, like any unknown connection. */
const REMEMBERED = 4096;

export class Providers {
  readonly #store: Store;
  readonly #byPeer = new Map<string, { urn: string; config: Bag }>();

  constructor(store: Store) {
    this.#store = store;
  }

  /** Records the configuration of a connection's provider instance. Idempotent. */
  configure(peer: string, urn: string, config: Bag): void {
    this.#byPeer.delete(peer);
    this.#byPeer.set(peer, { urn, config });
    for (const oldest of this.#byPeer.keys()) {
      if (this.#byPeer.size <= REMEMBERED) break;
      this.#byPeer.delete(oldest);
    }
    const { stack, type } = parseUrn(urn);
    this.#store.recordProvider(urn, stack, packageOf(type), config);
  }

  /**
   * The configuration for a call on a connection.
   *
   * @throws CloudError `ProviderUnknown` when the connection is unknown and the stack does not have exactly one such provider.
   */
  configOf(peer: string, pack: string, stack?: string): Bag {
    const known = this.#byPeer.get(peer);
    if (known !== undefined && packageOf(parseUrn(known.urn).type) === pack) return known.config;
    const recorded = stack === undefined ? [] : this.#store.providersOf(stack, pack);
    const [only] = recorded;
    if (only !== undefined && recorded.length === 1) return only.config;
    throw new CloudError(
      "ProviderUnknown",
      `this connection has not configured a provider of package ${pack}, and stack ${stack ?? "(none)"} has ` +
        `${recorded.length} of them on record; run the operation again`,
    );
  }
}
