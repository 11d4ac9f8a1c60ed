import { expect, test } from "vitest";

import { defaultFields, findForm } from "#tests/bench/servers/read-form.ts";

const PAGE = `<form action="/sign-out" method="post"><button>Sign out</button></form>
<form class="a" action="/applications/1/secrets" method="post"><input type="hidden" name="seen" value="v"/>
<input type="radio" class="radio" name="lifetime" checked="" value="365"/><input type="radio" name="lifetime" value="30"/></form>`;

test("finds a form by the end of its action", () => {
  expect(findForm(PAGE, "/secrets")?.action).toBe("/applications/1/secrets");
  expect(findForm(PAGE, "/delete")).toBeNull();
});

test("a form without input sends its hidden fields and its marked radio buttons", () => {
  expect(defaultFields(findForm(PAGE, "/secrets")!.html)).toEqual({ seen: "v", lifetime: "365" });
});
