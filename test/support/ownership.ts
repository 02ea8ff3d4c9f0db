import type { Ownership } from "../../components/core/tags.ts";

/** The ownership of resources in tests. */
export const ownership: Ownership = {
  environment: "prod",
  cell: "aws-use1",
  owner: "platform",
  costCentre: "platform-1001",
  dataClass: "confidential",
};
