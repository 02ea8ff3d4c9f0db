/** A compliance framework. Controls refer to its requirements. */
export interface Framework {
  readonly name: string;
  readonly version: string;
  /** Link to the text. */
  readonly reference: string;
  /** For frameworks without infrastructure requirements: how the mapping was derived. */
  readonly derived?: string;
  /** Requirements that the pack's controls support, by the framework's numbers. */
  readonly requirements: Readonly<Record<string, Requirement>>;
  /** What the pack does not cover, so that a passing report is not misread as full compliance. */
  readonly notCovered: readonly string[];
}

export interface Requirement {
  readonly title: string;
  /** Why infrastructure controls support it, if that does not follow from the title. */
  readonly reasoning?: string;
}
