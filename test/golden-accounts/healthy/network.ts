import { known } from '../../../lambda/model/known';
import type { WebAclRule } from '../../../lambda/model/edge';
import { allow, deny, domainName, method, policy, restApi, vpcEndpoint } from '../../support/build';
import { loggedStage, type Area } from '../area';

const acl = 'arn:aws:wafv2:eu-west-1:222233334444:regional/webacl/base/1a2b';
const floods: WebAclRule = {
  name: 'floods',
  priority: 1,
  action: 'Block',
  matches: 'rate limit 2000',
  managedGroup: null,
  ruleOverrides: {},
  blockStatus: null,
};
const inside = 'vpce-0inside';
const internal = {
  methods: [method('GET', '/ledger')],
  policy: policy(allow(), deny({ Condition: { StringNotEquals: { 'aws:SourceVpce': inside } } })),
};
const shielded = { methods: [method('GET', '/'), method('POST', '/uploads')] };

/** A private API, a custom domain and a web ACL. */
export const network: Area = {
  restApis: [
    restApi('ledger', {
      ...internal,
      endpointTypes: ['PRIVATE'],
      vpcEndpointIds: [inside],
      stages: [loggedStage('prod', internal)],
    }),
    restApi('shielded', {
      ...shielded,
      stages: [loggedStage('prod', shielded, { webAclArn: acl })],
    }),
  ],
  vpcEndpoints: [vpcEndpoint(inside, { privateDnsEnabled: false, policy: policy(allow({ Action: '*' })) })],
  domains: [
    domainName('api.example.com', {
      mappings: [
        { basePath: '', restApiId: 'idshielded', stage: 'prod' },
        { basePath: 'orders', restApiId: 'idorders', stage: 'prod' },
      ],
    }),
  ],
  webAcls: [
    {
      arn: acl,
      webAcl: known({
        arn: acl,
        name: 'base',
        defaultAction: 'Allow',
        defaultBlockStatus: null,
        rules: [floods],
      }),
    },
  ],
};
