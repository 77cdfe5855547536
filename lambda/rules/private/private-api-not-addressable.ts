import { isKnown } from '../../model/known';
import { aws, patches, thenDeploy } from '../commands';
import { isPrivateDomain, routesOf } from '../domain-routes';
import { standingEndpoints } from '../endpoints-named';
import { onlyOf } from '../only';
import { deploymentRule } from '../rule';
import { API_PRIVATE } from '../scanner-checks';
import { affectedOf, apiSubject, stageSubject } from '../subjects';
import { cannotTell, flag } from '../verdict';

export default deploymentRule({
  id: 'private/private-api-not-addressable',
  gate: 'endpoint',
  symptom: { status: 403, responseType: null, body: null },
  reach: 'possible',
  title: 'No name leads to the private API: no associated endpoint, private DNS or private domain',
  why: "A private API is called by its own host name where an endpoint has private DNS, by an alias where an endpoint is associated with the API, or through a private custom domain. Without these, callers get no answer, or must call the endpoint's name with a Host or x-apigw-api-id header; without the header that is answered 403.",
  fix: [
    'Associate the VPC endpoint of the callers with the API, which makes an alias, and deploy the API.',
    'Or turn on private DNS on the endpoint; it then captures the names of all public APIs of the Region in that VPC.',
  ],
  scanners: {
    ...API_PRIVATE,
    both: 'Before the type is changed, the callers need a VPC endpoint, and a name under which it leads to the API.',
  },
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-private-api-test-invoke-url.html',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-private-apis.html',
  ],
  facts: ['PRV-6', 'PRV-7', 'PRV-8', 'DOM-21'],
  needs: ['vpcEndpoints', 'domains'],

  *check(deployment, account) {
    const { api, stage } = deployment;
    const { domains } = account.slices;
    const vpcEndpoints = standingEndpoints(account.slices.vpcEndpoints);
    if (!api.endpointTypes.includes('PRIVATE') || api.vpcEndpointIds.length > 0) return;
    if (vpcEndpoints.some(({ privateDnsEnabled }) => privateDnsEnabled)) return;
    const ofStage = stageSubject(account, api, stage);
    const routed = domains.filter(isPrivateDomain).map(routesOf);
    if (routed.some(({ routes }) => routes.some(({ restApiId }) => restApiId === api.id))) return;
    const gaps = routed.flatMap((one) => one.gaps);
    if (gaps.length > 0) {
      for (const gap of gaps) yield cannotTell(ofStage, gap);
      return;
    }
    if (!isKnown(deployment.methods)) {
      yield cannotTell(ofStage, deployment.methods);
      return;
    }
    if (deployment.methods.value.length === 0) return;
    const only = onlyOf(vpcEndpoints);
    const associate = {
      step: 'Associate the VPC endpoint of the callers with the API.',
      commands: [
        aws('apigateway', 'update-rest-api', account.region, {
          restApiId: api.id,
          patchOperations: patches({
            op: 'add',
            path: '/endpointConfiguration/vpcEndpointIds',
            value: only?.id ?? '<VPC_ENDPOINT_ID>',
          }),
        }),
      ],
    };
    yield flag({
      subject: apiSubject(account, api),
      affected: affectedOf(deployment, deployment.methods.value),
      message: `The private API has no associated VPC endpoint, no private custom domain, and ${
        vpcEndpoints.length === 0
          ? 'this account has no execute-api endpoint'
          : 'no execute-api endpoint of this account has private DNS'
      }: callers must address it by a Host or x-apigw-api-id header, or come through another account's endpoint.`,
      evidence: [
        { operation: 'GetRestApis', field: 'endpointConfiguration.vpcEndpointIds', value: 'none' },
        {
          operation: 'DescribeVpcEndpoints',
          field: 'PrivateDnsEnabled',
          value: vpcEndpoints.map(({ id }) => `${id} false`).join(', ') || 'no execute-api endpoint',
        },
        {
          operation: 'GetDomainNames',
          field: 'endpointConfiguration.types',
          value: 'no PRIVATE domain leads to the API',
        },
      ],
      fix: thenDeploy(deployment, account.region, associate),
    });
  },
});
