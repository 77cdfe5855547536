import type { Place } from '../../model/account';

/** The account and region of the API, and the time at which it was read (ISO 8601): time conditions are judged then. */
export interface PolicyPlace extends Place {
  readonly collectedAt: string;
}
