/** What the parts of an environment are built from, and what they give back; each cloud's is in a file of its own. */

import type { Input, ProviderResource } from "@pulumi/pulumi";
import type { ComponentArgs } from "../../components/core/component.ts";
import type { Cell, Environment } from "../../footprint/model.ts";
import type { EnvironmentOutputs } from "../outputs/environment.ts";
import type { Pending } from "../outputs/pending.ts";

export interface EnvironmentInputs {
  readonly environment: Environment;
  readonly cells: readonly Cell[];
  /** For what is the environment's own; cells' budgets are the cells'. */
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
