import { test as base, expect, type BrowserContext, type Page } from "@playwright/test";

import { createPerson, type Person } from "#tests/e2e/rows.ts";

type Fixtures = {
  /** The homes of `person`, an option. */
  homes: string[];
  /** A Legrand account that only this test uses. */
  person: Person;
  /** Every page of every test obeys its content security policy. */
  policyIsKept: void;
};

export const test = base.extend<Fixtures>({
  // Known only when the server has started, and so not in the configuration.
  baseURL: async ({}, provide) => provide(process.env.TEST_ORIGIN),
  homes: [["Casa"], { option: true }],
  person: async ({ homes }, provide) => provide(await createPerson({ homes })),
  policyIsKept: [
    async ({ context }, provide) => {
      const violations = watchPolicy(context);
      await provide();
      expect(violations, "violations of the content security policy").toEqual([]);
    },
    { auto: true },
  ],
});

/** Collects what browsers print when a page does what its policy forbids. */
export function watchPolicy(context: BrowserContext): string[] {
  const violations: string[] = [];
  context.on("console", (message) => {
    if (/Content Security Policy/i.test(message.text())) violations.push(message.text());
  });
  return violations;
}

/** The page fits its window: nothing scrolls sideways. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const { content, view } = await page.evaluate(() => ({
    content: document.documentElement.scrollWidth,
    view: document.documentElement.clientWidth,
  }));
  expect(content, "width of the page's content").toBeLessThanOrEqual(view);
}

export { expect };
