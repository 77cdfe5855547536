import type { RestApi } from '../model/rest-api';

/** The APIs that were asked for, and which of them turned out to exist. No ids: all. */
export class RequestedApis {
  private readonly missing: Set<string>;

  constructor(private readonly ids: readonly string[]) {
    this.missing = new Set(ids);
  }

  takes(api: RestApi): boolean {
    this.missing.delete(api.id);
    return this.ids.length === 0 || this.ids.includes(api.id);
  }

  /** Ids that no region has. */
  notFound(): readonly string[] {
    return [...this.missing];
  }
}
