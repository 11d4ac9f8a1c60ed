import { ButtonLink } from "#components/ui/button.tsx";

/** Shown for an invalid address of the overview. */
export function PeriodProblem({ sentence }: { sentence: string }) {
  return (
    <>
      <h1 className="mb-2 text-xl">Overview not found</h1>
      <p className="mb-6 max-w-text text-ink-muted">{sentence} Nothing was changed.</p>
      <ButtonLink href="/admin">Go to the overview</ButtonLink>
    </>
  );
}
