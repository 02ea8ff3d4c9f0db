/**
 * All sections of a cell, in the order in which they are built: what it runs on, its services, and the identities that may use
 * them.
 */
import { cluster } from "./cluster/section.ts";
import { identity } from "./identity/section.ts";
import { network } from "./network/section.ts";
import { nodePools } from "./node-pool/section.ts";
import { services } from "./services.ts";

export const cellSections = [network, cluster, nodePools, ...services, identity] as const;

export type CellSection = (typeof cellSections)[number];
