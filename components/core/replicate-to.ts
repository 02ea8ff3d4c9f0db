/** Replication of a service to another cell, in the same form for every service. */
import { z } from "zod";
import { durationText } from "./units.ts";

export const replicateTo = z.strictObject({
  /** Another cell of the environment, which has the same service. */
  cell: z.string().min(1),
  /** Maximum data loss; rejected when replication cannot meet it. @default what replication provides */
  rpo: durationText({ max: "30 days" }).optional(),
  /** Maximum time until the other cell serves; rejected when replication cannot meet it. @default what replication provides */
  rto: durationText({ max: "30 days" }).optional(),
});

export type ReplicateTo = z.output<typeof replicateTo>;
