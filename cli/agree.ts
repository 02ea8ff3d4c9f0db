/** Asks before something is changed that cannot simply be taken back. There is this one way to do it. */
import { Failure } from "./failure.ts";
import type { Io } from "./io.ts";

export interface Consent {
  /** A yes-or-no question. */
  readonly question: string;
  /** What was not done without an answer. */
  readonly otherwise: string;
  /** @default "run it again with --yes" */
  readonly cure?: string;
}

/**
 * Returns when somebody agrees.
 *
 * @param agreed by `--yes`
 * @throws Failure `confirmation-missing` when the answer is no, or nobody can be asked
 */
export async function agree(io: Io, agreed: boolean, consent: Consent): Promise<void> {
  if (agreed) return;
  refuseUnasked(io, agreed, consent);
  if (!(await io.confirm(consent.question))) throw missing(consent);
}

/** Refuses at once where nobody could be asked later. @throws Failure `confirmation-missing` */
export function refuseUnasked(io: Io, agreed: boolean, consent: Omit<Consent, "question">): void {
  if (!agreed && !io.interactive) throw missing(consent);
}

function missing({ otherwise, cure }: Omit<Consent, "question">): Failure {
  return new Failure("confirmation-missing", otherwise, cure ?? "run it again with --yes");
}
