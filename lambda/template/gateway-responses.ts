import { GATEWAY_HEADER } from '../collect/gateway-responses';
import { responseHeaders } from '../collect/resources';
import { effectiveResponses, type CustomResponse } from '../model/gateway-responses';
import { mapKnown, type Known } from '../model/known';
import type { GatewayResponse } from '../model/rest-api';
import { everyOne, fields, numberAt, requiredTextAt, textMapAt } from './properties';
import type { Resource } from './stack';

const toCustom = (response: Resource): Known<CustomResponse> =>
  fields({
    type: requiredTextAt(response, 'ResponseType'),
    status: numberAt(response, 'StatusCode'),
    headers: mapKnown(textMapAt(response, 'ResponseParameters'), (parameters) =>
      responseHeaders(parameters, GATEWAY_HEADER),
    ),
    templates: textMapAt(response, 'ResponseTemplates'),
  });

/** Those of the template, and those that an OpenAPI document brings along, as they take effect. */
export const gatewayResponsesOf = (
  responses: readonly Resource[],
  imported: readonly CustomResponse[],
): Known<readonly GatewayResponse[]> =>
  mapKnown(everyOne(responses, toCustom), (custom) => effectiveResponses([...imported, ...custom]));
