import type * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { parseSpec } from "../core/spec.ts";
import type { PrivateDnsContract } from "./contract.ts";
import { type OnpremPrivateDnsInput, onpremPrivateDnsSpec } from "./schema.ts";

export interface OnpremPrivateDnsArgs extends ComponentArgs {
  /** Plain settings; see schema.ts. */
  readonly spec: OnpremPrivateDnsInput;
}

/** Settings for the resolvers of a site, which the site configures itself. */
export interface SiteDirections {
  /** The zone that they must be authoritative for. */
  readonly zone: string;
  /** The addresses that other cells query. */
  readonly resolvers: readonly string[];
  /** CIDR blocks that queries come from, on port 53 over UDP and TCP. */
  readonly admits: readonly string[];
  /** Zones to forward, with the addresses that resolve them. */
  readonly forwarders: Readonly<Record<string, readonly string[]>>;
}

/**
 * Private DNS of a site. It creates no resources: the settings for the site's own resolvers are an output.
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
