import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";

// Both answers look alike, because refusing has to be as easy as accepting (decision 60).
const LOOK = "border-ink active:bg-border";

/**
 * Shows the two answers at the lower edge of the window, as long as the window is high enough to show
 * something else too (WCAG 2.2, 2.4.11 with `scroll-padding` in globals.css).
 */
export function ConsentDecision({
  returnHost,
  isReview,
  isPreview,
}: {
  returnHost: string;
  isReview: boolean;
  isPreview: boolean;
}) {
  return (
    <div
      className={`${isPreview ? "" : "consent-bar"} -mx-5 mt-2 rounded-b-plate border-t border-border bg-surface px-5 pt-2.5 pb-2 sm:-mx-7 sm:px-7`}
    >
      <h2 className="sr-only">
        {isReview ? "Do you allow exactly what is ticked?" : "Do you allow access?"}
      </h2>
      <div className="grid grid-cols-2 gap-3">
        <Button variant="secondary" name="decision" value="deny" className={LOOK}>
          <Icon name="cross" className="size-4 stroke-2" />
          Deny
        </Button>
        <Button variant="secondary" name="decision" value="accept" className={LOOK}>
          <Icon name="check" className="size-4 stroke-2" />
          Accept
        </Button>
      </div>
      <p className="mt-1 text-center text-xs text-ink-subtle">
        {isReview && "Denying changes nothing. "}You will return to{" "}
        <b className="font-semibold wrap-anywhere text-ink">{returnHost}</b>
      </p>
    </div>
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
