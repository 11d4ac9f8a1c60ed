const answer = () => new Response(null, { status: 204, headers: { "cache-control": "no-store" } });

/** Answers that the process is up. Uses neither the database nor a session. */
export const GET = answer;

/** Same as GET. Measures the cost of a POST to the smallest possible handler (tests/bench). */
export const POST = answer;
