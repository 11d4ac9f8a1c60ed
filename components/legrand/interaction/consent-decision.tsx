import { Button } from "#components/ui/button.tsx";

export function ConsentDecision({ returnHost, isReview }: { returnHost: string; isReview: boolean }) {
  return (
    <>
      <h2 className="mt-5 mb-3 text-md">
        {isReview ? "Do you allow exactly what is ticked?" : "Do you allow access?"}
      </h2>
      <div className="grid grid-cols-2 gap-3">
        <Button variant="secondary" name="decision" value="deny">
          Deny
        </Button>
        <Button name="decision" value="accept">
          Accept
        </Button>
      </div>
      {isReview && (
        <p className="mt-3 text-sm text-ink-muted">
          Accepting takes effect immediately. Denying changes nothing.
        </p>
      )}
      <p className="mt-4 text-center text-sm text-ink-subtle">
        You will return to <b className="font-semibold wrap-anywhere text-ink">{returnHost}</b>
      </p>
    </>
  );
}

/**
 * Makes Enter harmless. Enter on a checkbox presses the form's first submit button (HTML "implicit
 * submission"), which would be Deny. This button comes first and does nothing: `formmethod=dialog` outside a
 * dialog submits nowhere.
 */
export function EnterDecidesNothing() {
  return <button type="submit" formMethod="dialog" hidden />;
}
