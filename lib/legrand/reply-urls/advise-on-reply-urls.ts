/**
 * Returns notes for the developer about accepted reply URLs: two that are easily confused, and ones that
 * clients or browsers treat in a special way. They are only information; no URL is refused because of them.
 */
export function adviseOnReplyUrls(urls: readonly string[]): string[] {
  const distinct = [...new Set(urls)];
  return [
    ...twins(distinct, withoutSlash, "a trailing slash"),
    ...twins(distinct, (url) => url.toLowerCase(), "capital and small letters"),
    ...distinct
      .filter((url) => BARE_HOST.test(url) && !distinct.includes(`${url}/`))
      .map(
        (url) =>
          `${url} has no trailing slash. A client that adds one sends a different reply URL, which does not match.`,
      ),
    ...distinct
      .filter((url) => url.startsWith("urn:"))
      .map((url) => `A browser cannot open ${url}: the application must pick up the answer itself.`),
  ];
}

const BARE_HOST = /^https?:\/\/[^/?]+$/;
const withoutSlash = (url: string) => url.replace(/\/(?=\?|$)/, "");

function twins(urls: string[], alike: (url: string) => string, difference: string): string[] {
  return urls.flatMap((url, index) => {
    const twin = urls.slice(0, index).find((other) => alike(other) === alike(url));
    return twin === undefined
      ? []
      : [
          `${twin} and ${url} differ only by ${difference}. They are two reply URLs, and each matches only itself.`,
        ];
  });
}
