/** A body of requirements. Controls refer to its requirements; which controls serve one follows from them. */
export interface Framework {
  readonly name: string;
  readonly version: string;
  /** Where the text can be read. */
  readonly reference: string;
  /** For frameworks that say nothing of infrastructure: how the mapping was derived. */
  readonly derived?: string;
  /** Requirements that controls of the pack serve, by the framework's own numbers. */
  readonly requirements: Readonly<Record<string, Requirement>>;
  /** What the pack says nothing about, so that nobody takes a green report for more than it is. */
  readonly notCovered: readonly string[];
}

export interface Requirement {
  readonly title: string;
  /** Why controls of infrastructure serve it, where that does not follow from the title. */
  readonly reasoning?: string;
}
