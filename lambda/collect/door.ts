import type { Place } from '../model/account';
import { known, unreadable, type Known, type Unreadable } from '../model/known';
import type { ReadStats } from '../source';
import { classifyError, type Expectations, type Failure } from './aws-errors';
import { CallCount } from './call-count';
import { makeClients, type Clients, type ClientSettings } from './clients';
import type { Pacer } from './pace';
import { fewestPages } from './page-sizes';
import { permissionOf, type Operation } from './permissions';
import { ShapeError } from './shape';

interface Question extends Expectations {
  readonly operation: Operation;
  /** What it is asked of, as people call it. */
  readonly of: string;
}

/** One call: how to send it, and what to take from the answer. `take` drops all that the model has no place for. */
export interface Ask<O, T> extends Question {
  readonly send: (clients: Clients) => Promise<O>;
  readonly take: (answer: O) => T;
}

export interface Page<T> {
  readonly items: readonly T[];
  /** Absent, `null` or empty: the last page. */
  readonly next: string | null | undefined;
}

export interface AskPages<O, T> extends Question {
  readonly send: (clients: Clients, token: string | undefined) => Promise<O>;
  readonly take: (answer: O) => Page<T>;
}

/** A question that AWS may answer with "does not exist", and the error that says so. */
type MayBeAbsent = { readonly absent: string };

export interface DoorSettings extends ClientSettings, Place {
  readonly pacer: Pacer;
}

/** The one door to the SDK, for one region. Nothing that passes it throws for what AWS does. */
export class Door {
  readonly place: Place;
  private readonly count = new CallCount();
  private readonly clients: Clients;

  constructor(settings: DoorSettings) {
    const { accountId, partition, region, pacer } = settings;
    this.place = { accountId, partition, region };
    this.clients = makeClients(settings, pacer, this.count);
  }

  /** One answer, or why there is none. */
  async read<O, T>(ask: Ask<O, T>): Promise<Known<T>> {
    return this.present(ask, () => this.once(ask));
  }

  /** As `read`; `null` when AWS says that the thing does not exist. */
  async find<O, T>(ask: Ask<O, T> & MayBeAbsent): Promise<Known<T | null>> {
    return this.presentOrNot(ask, () => this.once(ask));
  }

  /** Every page. A list of which one page failed is unreadable as a whole: half a list is no list. */
  async readAll<O, T>(ask: AskPages<O, T>): Promise<Known<readonly T[]>> {
    return this.present(ask, () => this.follow(ask));
  }

  /** As `readAll`; `null` when AWS says that what the list belongs to does not exist. */
  async findAll<O, T>(ask: AskPages<O, T> & MayBeAbsent): Promise<Known<readonly T[] | null>> {
    return this.presentOrNot(ask, () => this.follow(ask));
  }

  stats(): ReadStats {
    return this.count.stats();
  }

  private async once<O, T>(ask: Ask<O, T>): Promise<T> {
    this.count.question(ask.operation, ask.of, 1);
    return ask.take(await ask.send(this.clients));
  }

  private async follow<O, T>(ask: AskPages<O, T>): Promise<readonly T[]> {
    const items: T[] = [];
    const seen = new Set<string>();
    let pages = 0;
    let token: string | undefined;
    do {
      pages += 1;
      this.count.question(ask.operation, ask.of, fewestPages(ask.operation, items.length, pages));
      const page = ask.take(await ask.send(this.clients, token));
      items.push(...page.items);
      token = nextToken(page.next);
      if (token !== undefined && seen.has(token)) throw new ShapeError('page token: it repeats');
      if (token !== undefined) seen.add(token);
    } while (token !== undefined);
    this.count.question(ask.operation, ask.of, fewestPages(ask.operation, items.length, pages));
    return items;
  }

  private async present<T>(question: Question, run: () => Promise<T>): Promise<Known<T>> {
    try {
      return known(await run());
    } catch (error) {
      return gap(question, classifyError(error, question));
    }
  }

  private async presentOrNot<T>(question: Question, run: () => Promise<T>): Promise<Known<T | null>> {
    try {
      return known(await run());
    } catch (error) {
      const failure = classifyError(error, question);
      return failure.outcome === 'absent' ? known(null) : gap(question, failure);
    }
  }
}

const nextToken = (token: string | null | undefined): string | undefined => {
  if (token === null || token === undefined || token === '') return undefined;
  if (typeof token !== 'string') throw new ShapeError('page token');
  return token;
};

const gap = ({ operation, of }: Question, failure: Failure): Unreadable => {
  const { outcome, detail } = failure;
  const permission = failure.action ?? permissionOf(operation);
  return unreadable({
    because: outcome === 'absent' ? 'broken' : outcome,
    operation,
    subject: of,
    detail: `${operation} for ${of}: ${detail}`,
    ...(outcome === 'denied' && permission !== null ? { permission } : {}),
  });
};
