import type * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { parseSpec } from "../core/spec.ts";
import type { PrivateDnsContract } from "./contract.ts";
import { type OnpremPrivateDnsInput, onpremPrivateDnsSpec } from "./schema.ts";

export interface OnpremPrivateDnsArgs extends ComponentArgs {
  /** Plain settings; see schema.ts. */
  readonly spec: OnpremPrivateDnsInput;
}

/** What the resolvers of a site have to be told: nobody but the site itself can do it. */
export interface SiteDirections {
  /** The zone that they have to answer for. */
  readonly zone: string;
  /** Where other cells ask them. */
  readonly resolvers: readonly string[];
  /** The blocks that queries of others come from, on port 53 by UDP and TCP. */
  readonly admits: readonly string[];
  /** Zones that they have to forward, to the addresses that answer for them. */
  readonly forwarders: Readonly<Record<string, readonly string[]>>;
}

/**
 * The private names of a site: nothing is made, since its resolvers are its own. What they have to be told is an output.
 *
 * @throws BlueprintError `manifest-invalid` with every problem of the spec.
 */
export class OnpremPrivateDns extends BlueprintComponent implements PrivateDnsContract {
  readonly cloud = "onprem";
  readonly zone: string;
  readonly directions: SiteDirections;

  constructor(name: string, args: OnpremPrivateDnsArgs, opts?: pulumi.ComponentResourceOptions) {
    const spec = parseSpec(onpremPrivateDnsSpec, args.spec, name);
    super("private-dns", "OnpremPrivateDns", name, args, { spec }, opts);
    const { zone, resolvers, admits, forwards } = spec;
    this.zone = zone;
    this.directions = {
      zone,
      resolvers,
      admits: [...new Set(Object.values(admits).flat())],
      forwarders: Object.fromEntries(
        Object.values(forwards).map((forward) => [forward.zone, forward.targets]),
      ),
    };
    this.registerOutputs({ directions: this.directions });
  }
}
