import { consoleHost } from '../console-host';
import { parseArn } from '../model/arn';
import type { Subject } from '../rules/verdict';
import { urlPart } from '../url-part';

/**
 * Path in the console, by service and resource of an ARN; `{1}` stands for what the first group took, `{region}` for the Region. AWS
 * documents no addresses of its console: these are the ones that it shows in the browser, as public repositories quote them.
 */
const PLACES: readonly (readonly [service: string, resource: RegExp, path: string])[] = [
  [
    'apigateway',
    /^\/restapis\/([^/]+)\/stages\//,
    '/apigateway/main/apis/{1}/stages?api={1}&region={region}',
  ],
  [
    'apigateway',
    /^\/restapis\/([^/]+)\/authorizers\//,
    '/apigateway/main/apis/{1}/authorizers?api={1}&region={region}',
  ],
  ['apigateway', /^\/restapis\/([^/]+)/, '/apigateway/main/apis/{1}/resources?api={1}&region={region}'],
  ['apigateway', /^\/domainnames\//, '/apigateway/main/publish/domain-names?region={region}'],
  ['apigateway', /^\/usageplans\//, '/apigateway/main/usage-plans?region={region}'],
  ['apigateway', /^\/apikeys\//, '/apigateway/main/api-keys?region={region}'],
  ['apigateway', /^\/account$/, '/apigateway/main/settings?region={region}'],
  ['cognito-idp', /^userpool\/([^/]+)/, '/cognito/v2/idp/user-pools/{1}?region={region}'],
  ['lambda', /^function:([^:]+)/, '/lambda/home?region={region}#/functions/{1}'],
  ['ec2', /^vpc-endpoint\/(.+)$/, '/vpcconsole/home?region={region}#EndpointDetails:vpcEndpointId={1}'],
];

/** Where the console likely shows what a finding is about; `null` where it has no such place, or none that is known. */
export const consoleLink = ({ arn: text, region: found }: Subject): string | null => {
  const arn = parseArn(text);
  const region = arn?.region === '' || arn === null ? found : arn.region;
  const host = consoleHost(region);
  if (arn === null || host === null) return null;
  // CloudFront is global, and so is its console.
  const distribution = /^distribution\/(.+)$/.exec(arn.resource)?.[1];
  if (arn.service === 'cloudfront' && distribution !== undefined)
    return `https://${host}/cloudfront/v4/home#/distributions/${urlPart(distribution)}`;
  for (const [service, resource, path] of PLACES) {
    const match = arn.service === service ? resource.exec(arn.resource) : null;
    if (match === null) continue;
    const filled = path.replaceAll('{1}', urlPart(match[1] ?? '')).replaceAll('{region}', region);
    return `https://${region}.${host}${filled}`;
  }
  return null;
};
