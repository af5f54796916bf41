/** The earlier state that the address names, and of which connection. */
let shown = $state.raw<{ connection: string; asOf: string } | null>(null);

/** What was asked for in place of now (a run's id, a date); null when the present of this connection is shown. */
export const pastOf = (connection: string): string | null => (shown?.connection === connection ? shown.asOf : null);

/** Follows the address: called by whoever changes it. */
export const followPast = (path: string, query: URLSearchParams): void => {
  const [first, connection] = path.split('/').filter((part) => part !== '');
  const asOf = query.get('asOf');
  let id: string | null = null;
  try {
    id = first === 'c' && connection !== undefined ? decodeURIComponent(connection) : null;
  } catch {
    // A hand-made address with a stray percent sign names no connection.
  }
  shown = id === null || !asOf ? null : { connection: id, asOf };
};
