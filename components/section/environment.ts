/** The inputs of the components of an environment's sections. */
import type * as pulumi from "@pulumi/pulumi";
import type { ComponentArgs } from "../core/component.ts";
import type { Ownership } from "../core/tags.ts";
import type { Credentials } from "../provider/credentials.ts";
import type { SectionCell } from "./cell.ts";
import type { BuiltBy, EnvironmentSection, PlannedBy } from "./environment-section.ts";

/** An account or project in one region, with its provider. */
export interface EnvironmentPlace {
  readonly region: string;
  /** The id in names and outputs: `aws-<account>-<region>`, `gcp-<project>-<region>`. */
  readonly target: string;
  readonly provider: pulumi.ProviderResource;
  /** The options of a component there. */
  readonly opts: pulumi.ComponentResourceOptions;
}

/** An account: the region of resources that it has once, and the regions of its cells. */
export interface EnvironmentAccount {
  readonly id: string;
  readonly home: EnvironmentPlace;
  readonly cells: readonly EnvironmentPlace[];
}

/** The same for a project. */
export interface EnvironmentProject extends EnvironmentAccount {
  readonly projectNumber: string;
}

/** A valid cell. */
export type BuiltCell = SectionCell & {
  /** The specs of its sections, by name. */
  readonly specs: Readonly<Record<string, unknown>>;
  /** The ownership of its resources. */
  readonly ownership: Ownership;
};

/** The inputs of a section's components, in addition to what it planned. */
export interface EnvironmentBuild {
  /** The environment's name. */
  readonly name: string;
  readonly common: ComponentArgs;
  readonly credentials: Credentials;
  readonly accounts: readonly EnvironmentAccount[];
  readonly projects: readonly EnvironmentProject[];
  /** The places of accounts and projects by target id. */
  readonly places: Readonly<Record<string, EnvironmentPlace>>;
  readonly cells: readonly BuiltCell[];
  /** A secret of the stack's config by its key without `atoll:`. @throws BlueprintError `manifest-invalid` when it is missing */
  secret(key: string): pulumi.Output<string>;
  /** What a section built that comes before this one. Undefined if it built nothing. */
  built<S extends EnvironmentSection>(section: S): BuiltBy<S> | undefined;
  /** What another section builds from. Undefined if it is omitted. */
  planned<S extends EnvironmentSection>(section: S): PlannedBy<S> | undefined;
}
