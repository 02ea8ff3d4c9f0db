/** What a section of a tenant declares about moves: to another tier, or to another cell. Pure. */
import type { Cloud } from "../core/cloud.ts";
import type { Isolation } from "../tenancy/isolation.ts";

/** Where a section is before or after a move. */
export interface MoveEnd {
  readonly cell: string;
  readonly cloud: Cloud;
  readonly isolation: Isolation;
  /** An AWS account, a Google project or a site. */
  readonly owner: string;
  /** The region; empty on-premises. */
  readonly region: string;
  /** The jq path of its stack outputs, in the file that the plan writes first. */
  readonly outputs: string;
}

/** A section that moves. */
export interface Moving {
  readonly environment: string;
  readonly tenant: string;
  readonly from: MoveEnd;
  readonly to: MoveEnd;
  /** What the tenant's manifest says about the section. */
  readonly settings: unknown;
  /** The file with the outputs of the tenant's stack. */
  readonly file: string;
}

/** A command as a list of arguments. `${NAME}` is replaced with a value that an earlier command stored. */
export interface MoveCommand {
  readonly run: readonly string[];
  /** Stores its output under this name. */
  readonly into?: string;
  /** Writes its output to this file. */
  readonly file?: string;
}

/** What somebody does, and how it is verified. */
export interface MoveWork {
  readonly title: string;
  readonly commands: readonly MoveCommand[];
  readonly verify: { readonly commands: readonly MoveCommand[]; readonly expect: string };
}

/** How a section moves. */
export interface SectionMove {
  /** Before writes are stopped. @default nothing to do */
  readonly copy?: MoveWork;
  /** While writes are stopped. @default nothing to do */
  readonly drain?: MoveWork;
  /** After the cut-over. @default nothing to do */
  readonly after?: MoveWork;
  /** Brings what was written since the cut-over back, with writes stopped. @default nothing to do */
  readonly back?: MoveWork;
  /** What the tenant notices or loses. */
  readonly lost: string;
  /** What a roll-back after the cut-over loses. */
  readonly lostBack: string;
}

export interface TenantMoves {
  /**
   * Whether a change of isolation on one cell recreates the section beside the old one. The names of both must differ in the cloud.
   * If not, the engine changes the section in place.
   */
  beside(cloud: Cloud, from: Isolation, to: Isolation): boolean;
  /** Called if the section is beside the old one, or moves to another cell. */
  plan(moving: Moving): SectionMove;
  /**
   * Settings that change once what was left behind is deleted, because names of what is deleted are not free again. They must not
   * change anything of other isolations.
   * @default none
   */
  deleted?(cloud: Cloud, left: Isolation, settings: never): Readonly<Record<string, unknown>>;
}

/** The placeholder for a value that an earlier command stored under a name. */
export function stored(name: string): string {
  return `\${${name}}`;
}

/** Stores a value of the stack's outputs: `.cells["aws-use1"].sections.stream.bootstrapServers`. */
export function output({ file }: Moving, end: MoveEnd, path: string, into: string): MoveCommand {
  return { run: ["jq", "--exit-status", "--raw-output", `${end.outputs}${path}`, file], into };
}
