/** The confirmation that every command asks for before a change that cannot be undone. */
import { Failure } from "./failure.ts";
import type { Io } from "./io.ts";

export interface Consent {
  /** A yes-or-no question. */
  readonly question: string;
  /** The error message without a confirmation. */
  readonly otherwise: string;
  /** @default "run it again with --yes" */
  readonly cure?: string;
}

/**
 * Returns once the user has confirmed.
 *
 * @param agreed by `--yes`
 * @throws Failure `confirmation-missing` when the answer is no, or there is no terminal to ask on
 */
export async function agree(io: Io, agreed: boolean, consent: Consent): Promise<void> {
  if (agreed) return;
  refuseUnasked(io, agreed, consent);
  if (!(await io.confirm(consent.question))) throw missing(consent);
}

/** Fails early where a later confirmation would fail. @throws Failure `confirmation-missing` */
export function refuseUnasked(io: Io, agreed: boolean, consent: Omit<Consent, "question">): void {
  if (!agreed && !io.interactive) throw missing(consent);
}

function missing({ otherwise, cure }: Omit<Consent, "question">): Failure {
  return new Failure("confirmation-missing", otherwise, cure ?? "run it again with --yes");
}
