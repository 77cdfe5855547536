import {
  GetGatewayResponsesCommand,
  type GatewayResponse as AwsGatewayResponse,
} from '@aws-sdk/client-api-gateway';
import type { Known } from '../model/known';
import type { GatewayResponse, ListedApi } from '../model/rest-api';
import type { Door } from './door';
import { responseHeaders } from './resources';
import { apiLabel } from './rest-apis';
import { flag, list, optionalNumber, ShapeError, text, textMap } from './shape';
import { PAGE_SIZES } from './page-sizes';

/** Prefix of the parameters that set response headers. */
export const GATEWAY_HEADER = 'gatewayresponse.header.';

/**
 * Each row by its own values, whatever its mark: AWS has already put the family's defaults in (CRS-12).
 * @throws ShapeError
 */
export const toGatewayResponse = (row: AwsGatewayResponse): GatewayResponse => ({
  type: text(row.responseType, 'items[].responseType'),
  status: optionalNumber(row.statusCode, 'items[].statusCode'),
  headers: responseHeaders(textMap(row.responseParameters, 'items[].responseParameters'), GATEWAY_HEADER),
  templates: textMap(row.responseTemplates, 'items[].responseTemplates'),
  customised: !flag(row.defaultResponse, 'items[].defaultResponse'),
});

/** The draft's gateway responses; `null`: the API is gone. */
export const listGatewayResponses = (
  door: Door,
  api: ListedApi,
): Promise<Known<readonly GatewayResponse[] | null>> =>
  door.findAll({
    operation: 'GetGatewayResponses',
    of: apiLabel(api),
    absent: 'NotFoundException',
    send: ({ apiGateway }, position) =>
      apiGateway.send(
        new GetGatewayResponsesCommand({
          restApiId: api.id,
          limit: PAGE_SIZES.GetGatewayResponses,
          position,
        }),
      ),
    take: ({ items, position }) => {
      const rows = list(items, 'items').map(toGatewayResponse);
      // AWS lists every type, customised or not.
      if (rows.length === 0) throw new ShapeError('items: every type has a row');
      return { items: rows, next: position };
    },
  });
