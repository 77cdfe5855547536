import { effectiveResponses } from '../model/gateway-responses';
import { isKnown, known, mapKnown, unreadable, type Known, type Unreadable } from '../model/known';
import type { Method } from '../model/method';
import type { Authorizer, GatewayResponse, Snapshot } from '../model/rest-api';
import type { SummaryMethod } from './deployments';
import type { ExportedApi, ExportedOperation } from './export-document';

/** The two reads that together show a deployment, and the draft that helps where one of them is silent. */
export interface SnapshotParts {
  readonly summary: Known<readonly SummaryMethod[]>;
  readonly exported: Known<ExportedApi>;
  readonly draft: Snapshot;
  /** The deployment as gaps call it. */
  readonly of: string;
}

type Key = Pick<Method, 'path' | 'verb'>;
type Guard = Pick<Method, 'authorizer' | 'scopes'>;

const same =
  (key: Key) =>
  (other: Key): boolean =>
    other.path === key.path && other.verb === key.verb;

/** Types whose methods have neither authorizer nor scopes: known without an export. */
const WITHOUT_AUTHORIZER: ReadonlySet<string> = new Set(['NONE', 'AWS_IAM']);

class Assembly {
  constructor(private readonly parts: SnapshotParts) {}

  methods(): Known<readonly Method[]> {
    const { summary, exported } = this.parts;
    const present: Known<readonly Key[]> = isKnown(summary)
      ? summary
      : mapKnown(exported, (it) => it.operations);
    // Neither read shows what is there: the summary is the one to ask for it.
    if (present.state === 'unreadable') return isKnown(summary) ? present : summary;
    return known(present.value.map((key) => this.method(key)));
  }

  /** An export holds no ids. Where the draft cannot be read, an unknown id must not pass for one that is gone. */
  authorizers(): Known<readonly Authorizer[]> {
    const { exported, draft } = this.parts;
    const inDraft = draft.authorizers;
    if (exported.state === 'known' && exported.value.authorizers.length > 0 && !isKnown(inDraft))
      return inDraft;
    return mapKnown(exported, ({ authorizers }) =>
      authorizers.map((authorizer) => ({ ...authorizer, id: idOf(authorizer.name, inDraft) })),
    );
  }

  policy(): Known<string | null> {
    const { exported, draft } = this.parts;
    if (!isKnown(exported)) return exported;
    if (exported.value.policy !== null || exported.value.faithful) return known(exported.value.policy);
    if (!isKnown(draft.policy) || draft.policy.value === null) return draft.policy;
    return this.broken('GetExport', 'the export shows no resource policy, though the API has one');
  }

  gatewayResponses(): Known<readonly GatewayResponse[]> {
    const { exported, draft } = this.parts;
    if (!isKnown(exported)) return exported;
    const { gatewayResponses, faithful } = exported.value;
    if (gatewayResponses !== null) return known(effectiveResponses(gatewayResponses));
    if (faithful) return known(effectiveResponses([]));
    if (!isKnown(draft.gatewayResponses)) return draft.gatewayResponses;
    if (!draft.gatewayResponses.value.some(({ customised }) => customised))
      return known(effectiveResponses([]));
    return this.broken(
      'GetExport',
      'the export shows no gateway responses, though the API has some of its own',
    );
  }

  private method({ path, verb }: Key): Method {
    const { summary, exported, draft } = this.parts;
    const is = same({ path, verb });
    const entry = isKnown(summary) ? summary.value.find(is) : undefined;
    const operation = isKnown(exported) ? exported.value.operations.find(is) : undefined;
    const drafted = isKnown(draft.methods) ? draft.methods.value.find(is) : undefined;
    const authorizationType = this.authorizationType({ path, verb }, entry, operation, drafted);
    return {
      path,
      verb,
      authorizationType,
      ...this.guard({ path, verb }, authorizationType, operation),
      apiKeyRequired: this.apiKeyRequired({ path, verb }, entry, operation, drafted),
      integration: this.integration({ path, verb }, operation),
    };
  }

  private authorizationType(
    key: Key,
    entry: SummaryMethod | undefined,
    operation: ExportedOperation | undefined,
    drafted: Method | undefined,
  ): Method['authorizationType'] {
    if (entry !== undefined && entry.authorizationType !== null) return known(entry.authorizationType);
    const shown = operation === undefined ? null : this.shownType(operation);
    if (shown !== null && shown !== 'NONE') return known(shown);
    const openInDraft =
      drafted !== undefined &&
      isKnown(drafted.authorizationType) &&
      drafted.authorizationType.value === 'NONE';
    if (shown === 'NONE' && openInDraft) return known('NONE');
    return this.noSummary(key, 'authorization type');
  }

  /** What the export shows; NONE is a claim that needs the draft's word as well. */
  private shownType({ security }: ExportedOperation): string | null {
    const [name, ...others] = Object.keys(security.authorizers);
    if (name === undefined) return security.iam ? 'AWS_IAM' : 'NONE';
    const authorizer = this.defined(name);
    if (authorizer === undefined || others.length > 0 || security.iam) return null;
    return authorizer.kind === 'COGNITO_USER_POOLS' ? 'COGNITO_USER_POOLS' : 'CUSTOM';
  }

  private defined(name: string): ExportedApi['authorizers'][number] | undefined {
    const { exported } = this.parts;
    return isKnown(exported) ? exported.value.authorizers.find((one) => one.name === name) : undefined;
  }

  private guard(
    key: Key,
    type: Method['authorizationType'],
    operation: ExportedOperation | undefined,
  ): Guard {
    if (type.state === 'unreadable') return { authorizer: type, scopes: type };
    if (WITHOUT_AUTHORIZER.has(type.value)) return { authorizer: known(null), scopes: known([]) };
    const { exported } = this.parts;
    if (exported.state === 'unreadable') return { authorizer: exported, scopes: exported };
    const shown = Object.entries(operation?.security.authorizers ?? {});
    const [[name, scopes] = [undefined, []], ...others] = shown;
    if (name === undefined) {
      return this.noGuard(
        `the export lacks the security of ${label(key)} that the summary confirms (${type.value})`,
      );
    }
    const authorizer = this.defined(name);
    if (others.length > 0 || authorizer === undefined) {
      return this.noGuard(`the export does not show one authorizer for ${label(key)}`);
    }
    const isCognito = authorizer.kind === 'COGNITO_USER_POOLS';
    const mismatch =
      (type.value === 'COGNITO_USER_POOLS' && !isCognito) || (type.value === 'CUSTOM' && isCognito);
    if (mismatch && !this.isDrafted(key, type.value, name)) {
      return this.noGuard(`summary and export disagree on the kind of authorizer of ${label(key)}`);
    }
    return { authorizer: known(name), scopes: known(scopes) };
  }

  /** Does the draft pair this type with this authorizer too? Then it is the API that is odd, not the reading of it. */
  private isDrafted(key: Key, type: string, authorizerName: string): boolean {
    const { methods, authorizers } = this.parts.draft;
    if (!isKnown(methods) || !isKnown(authorizers)) return false;
    const drafted = methods.value.find(same(key));
    if (drafted === undefined || !isKnown(drafted.authorizationType) || !isKnown(drafted.authorizer))
      return false;
    const named = drafted.authorizer.value;
    return (
      drafted.authorizationType.value === type &&
      authorizers.value.some((one) => one.key === named && one.name === authorizerName)
    );
  }

  private apiKeyRequired(
    key: Key,
    entry: SummaryMethod | undefined,
    operation: ExportedOperation | undefined,
    drafted: Method | undefined,
  ): Known<boolean> {
    if (entry !== undefined && entry.apiKeyRequired !== null) return known(entry.apiKeyRequired);
    if (operation?.security.apiKey === true) return known(true);
    const keylessInDraft =
      drafted !== undefined && isKnown(drafted.apiKeyRequired) && !drafted.apiKeyRequired.value;
    if (operation !== undefined && keylessInDraft) return known(false);
    return this.noSummary(key, 'key requirement');
  }

  private integration(key: Key, operation: ExportedOperation | undefined): Method['integration'] {
    const { exported } = this.parts;
    if (exported.state === 'unreadable') return exported;
    const integration = operation?.integration ?? null;
    // Only a few rules look at integrations: a gap where one of them needs it, none where the export just shows less.
    return integration === null
      ? unreadable({
          because: 'unsupported',
          operation: 'GetExport',
          subject: this.parts.of,
          detail: `the export for ${this.parts.of} shows no integration of ${label(key)}`,
        })
      : known(integration);
  }

  private noGuard(detail: string): Guard {
    const gap = this.broken('GetExport', detail);
    return { authorizer: gap, scopes: gap };
  }

  /** The summary is silent on a field, and no export confirms what it is. */
  private noSummary(key: Key, field: string): Unreadable {
    const { summary } = this.parts;
    if (summary.state === 'unreadable') return summary;
    return this.broken('GetDeployment', `the deployment's summary holds no ${field} of ${label(key)}`);
  }

  private broken(operation: 'GetDeployment' | 'GetExport', detail: string): Unreadable {
    const { of } = this.parts;
    return unreadable({
      because: 'broken',
      operation,
      subject: of,
      detail: `${operation} for ${of}: ${detail}`,
    });
  }
}

const idOf = (name: string, inDraft: Snapshot['authorizers']): string | null =>
  (isKnown(inDraft) ? inDraft.value.find((one) => one.name === name)?.id : null) ?? null;

const label = ({ verb, path }: Key): string => `${verb} ${path}`;

/**
 * A deployed snapshot. The summary is believed on which methods exist, their type and key requirement; the export on the rest.
 * Nothing is concluded from what one of them leaves out unless the other, or the draft, agrees.
 */
export const buildSnapshot = (parts: SnapshotParts): Snapshot => {
  const assembly = new Assembly(parts);
  return {
    methods: assembly.methods(),
    authorizers: assembly.authorizers(),
    policy: assembly.policy(),
    gatewayResponses: assembly.gatewayResponses(),
  };
};
