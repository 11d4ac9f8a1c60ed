import {
  AllowPicture,
  ConnectedPicture,
  SignInPicture,
  WhoAsksPicture,
} from "#components/connect/step-pictures.tsx";

const STEPS = [
  { party: "At Legrand", light: "text-brand", title: "Sign in at Legrand", Picture: SignInPicture },
  { party: "At Legrand", light: "text-brand", title: "See what Connect asks for", Picture: WhoAsksPicture },
  { party: "At Legrand", light: "text-brand", title: "Choose what to allow", Picture: AllowPicture },
  { party: "At Connect", light: "text-info", title: "Return, connected", Picture: ConnectedPicture },
];

// Draws the wire to the previous plate: down the left on a small screen, across on a wide one.
const WIRE =
  "not-first:before:absolute not-first:before:border-border-strong not-first:before:border-dashed " +
  "not-first:before:bottom-full not-first:before:left-[72px] not-first:before:h-4 not-first:before:border-l-2 " +
  "md:not-first:before:bottom-auto md:not-first:before:left-auto md:not-first:before:right-full md:not-first:before:top-16 " +
  "md:not-first:before:h-0 md:not-first:before:w-8 md:not-first:before:border-l-0 md:not-first:before:border-t-2";

export function LandingSteps() {
  return (
    <ol className="grid gap-4 md:grid-cols-4 md:gap-8">
      {STEPS.map(({ party, light, title, Picture }, index) => (
        <li key={title} className={`relative ${WIRE}`}>
          <div className="flex h-full items-center gap-4 rounded-plate border border-border bg-surface p-4 shadow-plate md:flex-col md:items-stretch">
            <div className="w-28 flex-none md:w-auto">
              <Picture />
            </div>
            <div className="min-w-0">
              <p className={`led ${light}`}>{party}</p>
              <p className="mt-1 font-semibold">
                {index + 1}. {title}
              </p>
            </div>
          </div>
        </li>
      ))}
    </ol>
  );
}
