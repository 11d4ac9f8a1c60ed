import { ButtonLink } from "#components/ui/button.tsx";

/** Shown for an invalid address of the overview. */
export function PeriodProblem({ sentence }: { sentence: string }) {
  return (
    <>
      <h1 className="mb-2 text-xl">There is no such overview</h1>
      <p className="mb-6 max-w-text text-ink-muted">{sentence} Nothing was changed.</p>
      <ButtonLink href="/admin">Go to the overview</ButtonLink>
    </>
  );
}
