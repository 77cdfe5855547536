/** Slack did not take the message. Says why in Slack's own word, never where to. */
export class SlackError extends Error {
  override readonly name = 'SlackError';

  constructor(
    message: string,
    /** HTTP status; `null`: there was no answer. */
    readonly status: number | null = null,
  ) {
    super(message);
  }
}

interface Posting {
  readonly url: string;
  /** Milliseconds that are left. */
  readonly remaining: () => number;
  readonly wait: (milliseconds: number) => Promise<void>;
}

/** No answer after this long is a failure; Slack answers within a second or two. */
const ANSWER_MS = 10_000;
/** Left over for the function to say what happened. */
const SPARE_MS = 2_000;
/** Before each further attempt when Slack fails or does not answer. */
const PAUSES_MS = [1_000, 4_000, 10_000] as const;
/** Where Slack does not say how long to wait. */
const THROTTLED_MS = 5_000;

/** A word such as `invalid_payload`; anything else is not repeated. */
const wordOf = async (response: Response): Promise<string> => {
  const text = (await response.text().catch(() => '')).trim();
  return /^[a-z_]{1,60}$/.test(text) ? `: ${text}` : '';
};

const pauseAskedBy = (response: Response): number => {
  const seconds = Number(response.headers.get('retry-after') ?? '');
  return seconds > 0 ? Math.ceil(seconds * 1000) : THROTTLED_MS;
};

type Attempt =
  | { readonly outcome: 'taken' }
  | { readonly outcome: 'throttled'; readonly pauseMs: number; readonly error: SlackError }
  | { readonly outcome: 'failed' | 'refused'; readonly error: SlackError };

const attempt = async (body: string, url: string, timeoutMs: number): Promise<Attempt> => {
  let response: Response;
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body,
      // The address is a secret: it goes where it was meant to go, or nowhere.
      redirect: 'error',
      signal,
    });
  } catch {
    // What fetch throws names the address.
    const saying = signal.aborted ? 'Slack did not answer in time' : 'Slack could not be reached';
    return { outcome: 'failed', error: new SlackError(saying) };
  }
  const { status } = response;
  const word = await wordOf(response);
  if (response.ok) return { outcome: 'taken' };
  const error = new SlackError(`Slack answered ${status}${word}`, status);
  if (status === 429) return { outcome: 'throttled', pauseMs: pauseAskedBy(response), error };
  return { outcome: status >= 500 ? 'failed' : 'refused', error };
};

/**
 * Posts a message. Waits as long as Slack asks for and sends again, as long as time is left; a Slack that fails or is silent gets three more
 * attempts. A message may arrive twice where Slack took it and did not say so: that is better than not at all.
 *
 * @throws SlackError
 */
export const post = async (message: object, { url, remaining, wait }: Posting): Promise<void> => {
  const body = JSON.stringify(message);
  let failures = 0;
  for (;;) {
    const tried = await attempt(body, url, Math.max(1, Math.min(ANSWER_MS, remaining() - SPARE_MS)));
    if (tried.outcome === 'taken') return;
    if (tried.outcome === 'refused') throw tried.error;
    const pause = tried.outcome === 'throttled' ? tried.pauseMs : PAUSES_MS[failures++];
    if (pause === undefined) throw tried.error;
    if (pause + SPARE_MS >= remaining()) {
      throw new SlackError(
        `${tried.error.message}; there is no time to wait ${Math.ceil(pause / 1000)} s and send again`,
        tried.error.status,
      );
    }
    await wait(pause);
  }
};
