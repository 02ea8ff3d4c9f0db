/** The inputs and results of the parts of an environment; each cloud has its own file. */

import type { Input, ProviderResource } from "@pulumi/pulumi";
import type { ComponentArgs } from "../../components/core/component.ts";
import type { Cell, Environment } from "../../footprint/model.ts";
import type { EnvironmentOutputs } from "../outputs/environment.ts";
import type { Pending } from "../outputs/pending.ts";

export interface EnvironmentInputs {
  readonly environment: Environment;
  readonly cells: readonly Cell[];
  /** For the environment's own resources; a cell's budget has the cell's ownership. */
  readonly common: ComponentArgs;
}

type Audit = NonNullable<EnvironmentOutputs["audit"]>;
type Deployers = NonNullable<EnvironmentOutputs["deployers"]>;

/** What else an environment can build in the places where its cells are, by target id. */
export type Places = Readonly<
  Record<
    string,
    {
      readonly provider: ProviderResource;
      readonly logsKey: Input<string>;
      readonly secretsKey: Input<string>;
    }
  >
>;

export interface AwsEnvironment {
  readonly places: Places;
  readonly keys: Pending<EnvironmentOutputs["keys"]>;
  readonly audit: Pending<Audit["accounts"]>;
  readonly deployers: Pending<Deployers["accounts"]>;
}

export interface GcpEnvironment {
  readonly places: Places;
  readonly keys: Pending<EnvironmentOutputs["keys"]>;
  readonly audit: Pending<Audit["projects"]>;
  readonly deployers: Pending<Deployers["projects"]>;
}

export type SiteAudit = NonNullable<Audit["sites"]>;
