import type { ConnectionProblem } from "#lib/connect/problems/problem.ts";

/** A problem in the words of its page. `next` is the step that helps. */
export type DescribedProblem = {
  code: string;
  title: string;
  explanation: string;
  next: "again" | "choose" | "account" | "sign_out";
};

const NOTHING = "Nothing was changed in Connect.";

const DESCRIPTIONS: Record<ConnectionProblem, Omit<DescribedProblem, "code">> = {
  denied: {
    title: "You did not connect",
    explanation: `You denied or cancelled the request at Legrand. ${NOTHING} You can choose again at any time.`,
    next: "choose",
  },
  refused_by_legrand: {
    title: "Legrand refused the request",
    explanation: `The authorization server answered with an error instead of a code. ${NOTHING} Try again. If it happens again and you run this application, check its registration at Legrand.`,
    next: "again",
  },
  not_admitted: {
    title: "Legrand is not accepting this application",
    explanation: `It may be suspended, or its registration does not allow this request. ${NOTHING} If you run this application, Legrand’s developer portal shows the reason.`,
    next: "again",
  },
  stale: {
    title: "This request was started elsewhere or has expired",
    explanation: `The request may be too old, already used, or started in another tab or browser. To be safe, we did not use Legrand’s answer. ${NOTHING}`,
    next: "again",
  },
  wrong_issuer: {
    title: "This answer did not come from Legrand",
    explanation: `It names a different issuer from the one that we asked, so we rejected it. ${NOTHING}`,
    next: "again",
  },
  id_token: {
    title: "We could not verify who you are",
    explanation: `We could not verify Legrand’s sign-in information: it is not properly signed for this application, or has expired. We rejected it. ${NOTHING}`,
    next: "again",
  },
  not_recognised: {
    title: "Connect cannot recognise you",
    explanation: `Legrand’s answer does not say who you are: “Recognise you when you come back” was not allowed, or was taken back. Without it, Connect cannot find your account again. ${NOTHING} Choose again, and allow it.`,
    next: "choose",
  },
  no_home: {
    title: "We need a way to recognise you",
    explanation: `Legrand does not tell Connect who you are here, so Connect recognises an account by its homes. Your account has no home. ${NOTHING} Add a home to your Legrand account, or connect an account that has one.`,
    next: "again",
  },
  linked_to_other_user: {
    title: "This Legrand account is connected to another user",
    explanation: `Sign out here first, then connect it again to continue as that user. ${NOTHING}`,
    next: "sign_out",
  },
  code: {
    title: "The code was not accepted",
    explanation: `The code had expired or was used before, and Connect stored nothing. If it was used before, Legrand may have ended the access that came from it. Your account page shows whether it did. Connect again to get a new code.`,
    next: "again",
  },
  unusable_answer: {
    title: "Legrand’s answer could not be used",
    explanation: `Legrand answered, but not in the form that its rules require, so we did not use the answer. ${NOTHING} Try again in a moment. If it happens again, the fault is at Legrand. If you run this application, its log says what was wrong.`,
    next: "again",
  },
  unreachable: {
    title: "Legrand does not answer",
    explanation: `We could not reach Legrand to finish the connection. ${NOTHING} Try again in a moment.`,
    next: "again",
  },
  failed: {
    title: "Something failed on our side",
    explanation: `The connection was not finished. ${NOTHING} Try again. If it happens again and you run this application, its log says more.`,
    next: "again",
  },
  interrupted: {
    title: "We do not know whether you are connected",
    explanation:
      "Connect was interrupted while it processed Legrand’s answer. To be safe, it does not use that answer twice. Your account page shows what is connected. If an account is missing there, connect it again.",
    next: "again",
  },
};

/**
 * For a signed-in user who pressed **Connect Legrand** and denied it. Their existing connections stay as they
 * are. After a denied change, explain.ts leads to the account page instead.
 */
const DENIED_CHANGE: Omit<DescribedProblem, "code"> = {
  title: "Nothing was changed",
  explanation:
    "You denied or cancelled the request at Legrand. Your connected accounts have not changed. You can try again at any time.",
  next: "account",
};

/**
 * Describes the problem with this name, depending on whether the user is signed in. Returns null if there is
 * no such problem.
 */
export function describeConnectionProblem(
  name: string | undefined,
  { isSignedIn }: { isSignedIn: boolean },
): DescribedProblem | null {
  if (name === "denied" && isSignedIn) return { code: name, ...DENIED_CHANGE };
  // Without a session there is nothing to sign out of.
  if (name === "linked_to_other_user" && !isSignedIn)
    return { code: name, ...DESCRIPTIONS[name], next: "again" };
  return name && Object.hasOwn(DESCRIPTIONS, name)
    ? { code: name, ...DESCRIPTIONS[name as ConnectionProblem] }
    : null;
}
