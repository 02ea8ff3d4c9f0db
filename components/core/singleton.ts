/** Something that exists once in an account, project, region or organisation, and that a manifest has Atoll manage. */
export interface Singleton {
  /** Identifies it in all manifests: two of the same id are the same thing. */
  readonly id: string;
  /** The field that has Atoll manage it, below the section or the manifest that declares it. */
  readonly path: string;
  /** What it is, as the subject of a sentence: `VPC Block Public Access of account 111122223333 in us-east-1`. */
  readonly what: string;
  /** What to change in all manifests but one: `must be set by one cell only`. */
  readonly rule: string;
}
