/** What changes of node pools do to deployed pools. Nodes are drained before they are deleted. */
import { type Changes, entriesOf, inPlace, renews } from "../section/changes.ts";

const common: Changes = {
  ...entriesOf("its nodes; pods that fit no other pool wait", "*"),
  ...inPlace("*.size", "*.labels", "*.taints"),
};

export const nodePoolChanges = {
  aws: {
    ...common,
    ...inPlace("*.class", "*.capacity", "*.businessHours"),
    // Of a system pool; Karpenter replaces the nodes of the others in turn.
    ...renews("*.architectures", "*.families", "*.vcpus.min"),
    ...inPlace("*.vcpus.max"),
  },
  gcp: {
    ...common,
    ...inPlace("*.class", "*.vcpus", "*.diskGiB", "*.businessHours", "*.networkTags"),
    ...renews("*.capacity", "*.architectures", "*.families", "*.confidential"),
  },
  onprem: { ...common, ...inPlace("*.class", "*.capacity", "*.nodes", "*.allocatable") },
} as const satisfies Readonly<Record<string, Changes>>;
