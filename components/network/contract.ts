import type { Cloud } from "../core/cloud.ts";
import type { NetworkPlan } from "./plan.ts";

/** What every network has, whatever cloud it stands in. */
export interface NetworkContract {
  readonly cloud: Cloud;
  /** Which addresses are for what; known before anything is deployed. */
  readonly plan: NetworkPlan;
}
