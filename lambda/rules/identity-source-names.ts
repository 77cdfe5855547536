/**
 * A header or parameter name that repeats the mapping syntax: `method.request.header.Authorization` typed where the console wants the
 * bare name. HTTP allows such names and nobody sends them.
 */
export const looksMisnamed = (name: string): boolean =>
  /^(?:method\.request\.|integration\.request\.|\$?request\.|\$?context\.|header\.(?:name\.)?.|headers\.|querystring\.)/i.test(
    name,
  );

/** The name that was meant: what follows the repeated syntax. */
export const meantName = (name: string): string =>
  name.replace(
    /^(?:(?:method\.|integration\.|\$)?request\.)?(?:headers?|querystrings?|multivalueheader|path)\.(?:name\.)?/i,
    '',
  );
