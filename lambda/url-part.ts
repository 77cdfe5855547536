/** Text as one part of a path or query of a URL; half a character, which no URL can hold, becomes U+FFFD. */
export const urlPart = (text: string): string => encodeURIComponent(text.replaceAll(/\p{Cs}/gu, '\uFFFD'));
