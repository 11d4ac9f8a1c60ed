/** Shows the vendor of an application and its web site. The link shows only the host. */
export function MadeBy({ vendor, url }: { vendor: string; url: string }) {
  // A javascript: address would run here, so only http and https addresses become links.
  const parsed = URL.parse(url);
  const isWeb = parsed && /^https?:$/.test(parsed.protocol);
  return (
    <>
      Made by {vendor}
      {isWeb && (
        <>
          {" · "}
          <a href={url} target="_blank" rel="noopener noreferrer">
            {parsed.host}
          </a>
        </>
      )}
    </>
  );
}
