import { GetExportCommand } from '@aws-sdk/client-api-gateway';
import type { ListedApi } from '../model/rest-api';
import type { Known } from '../model/known';
import type { Door } from './door';
import { parseExport, type ExportedApi } from './export-document';
import { apiLabel } from './rest-apis';

/** DEP-17: an API with a model that is not JSON cannot be exported. */
const NOT_EXPORTABLE = {
  words: /non-?json body models?/i,
  detail:
    'AWS cannot export an API whose models are not JSON, so its deployed authorizers and scopes cannot be read',
};

/** What a stage's deployment froze beyond its summary; `null`: AWS says that the stage does not exist. */
export const findExport = (
  door: Door,
  api: ListedApi,
  stageName: string,
): Promise<Known<ExportedApi | null>> =>
  door.find({
    operation: 'GetExport',
    of: `${apiLabel(api)} stage ${stageName}`,
    absent: 'NotFoundException',
    unsupported: NOT_EXPORTABLE,
    send: ({ apiGateway }) =>
      apiGateway.send(
        new GetExportCommand({
          restApiId: api.id,
          stageName,
          exportType: 'oas30',
          parameters: { extensions: 'apigateway' },
          accepts: 'application/json',
        }),
      ),
    take: ({ body }) => parseExport(body),
  });
