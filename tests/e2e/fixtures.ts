import { test as base, expect, type BrowserContext, type Page } from "@playwright/test";

import { createPerson, type Person } from "#tests/e2e/rows.ts";

type Fixtures = {
  /** The names of the homes of `person`, an option. */
  homes: string[];
  /** A Legrand account that only this test uses. */
  person: Person;
  /** Asserts that every page of every test obeys its content security policy. */
  policyIsKept: void;
};

export const test = base.extend<Fixtures>({
  // The origin is known only after the server's start, so it cannot be in the configuration.
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

/** Collects the console messages of pages that break their policy. */
export function watchPolicy(context: BrowserContext): string[] {
  const violations: string[] = [];
  context.on("console", (message) => {
    if (/Content Security Policy/i.test(message.text())) violations.push(message.text());
  });
  return violations;
}

/** Asserts that the page fits its window, so that nothing scrolls sideways. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const { content, view } = await page.evaluate(() => ({
    content: document.documentElement.scrollWidth,
    view: document.documentElement.clientWidth,
  }));
  expect(content, "width of the page's content").toBeLessThanOrEqual(view);
}

export { expect };
