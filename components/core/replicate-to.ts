/** How a manifest says that a service is copied to another cell: the same form wherever it stands. */
import { z } from "zod";
import { durationText } from "./units.ts";

export const replicateTo = z.strictObject({
  /** Another cell of the environment, which has the same service. */
  cell: z.string().min(1),
  /** The most that may be lost of what was written last; refused when the mechanism cannot do it. @default what it can do */
  rpo: durationText({ max: "30 days" }).optional(),
  /** How long until the other cell serves; refused when the mechanism cannot do it. @default what it can do */
  rto: durationText({ max: "30 days" }).optional(),
});

export type ReplicateTo = z.output<typeof replicateTo>;
