const segment = (head: string, length: number): string => {
  const letters = 'aB3_x-9QzK7mT0';
  let text = head;
  while (text.length < length) text += letters[text.length % letters.length] ?? '';
  return text;
};

/** Values in the form of what callers send: only their shape counts, nothing signed them. */
const JWTS: readonly string[] = [
  // As Cognito and other issuers with RSA keys make them.
  `${segment('eyJraWQiOi', 104)}.${segment('eyJzdWIiOi', 760)}.${segment('', 342)}`,
  // Short, with a symmetric key.
  `${segment('eyJhbGciOi', 36)}.${segment('eyJzdWIiOi', 92)}.${segment('', 43)}`,
  // Without the two characters that expressions often leave out.
  'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJVadQssw5c',
];

/** What the header of a call with a JWT holds. */
export const JWT_HEADERS: readonly string[] = JWTS.flatMap((jwt) => [jwt, `Bearer ${jwt}`]);

/** Credentials of another scheme: an expression for these is no slip. */
export const OTHER_SCHEMES: readonly string[] = ['Basic dXNlcjpwYXNzd29yZA==', 'Basic dXNlcjpwYXNzd29yZDE'];
