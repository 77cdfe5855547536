import rule from '../../../lambda/rules/edge/private-dns-shadows-public-api';
import { account, denied, restApi, vpcEndpoint } from '../../support/build';
import { ruleTable } from '../../support/rule-table';

const shared = restApi('shared');
const internal = restApi('internal', { endpointTypes: ['PRIVATE'] });

export default ruleTable(rule, {
  flags: [
    {
      when: 'a public API beside an endpoint with private DNS',
      account: account({ restApis: [shared, internal], vpcEndpoints: [vpcEndpoint('vpce-1')] }),
      expect: [
        {
          at: 'VPC endpoint vpce-1',
          saying:
            'From vpc-of-vpce-1, calls to the execute-api host of shared (idshared) go to vpce-1, which refuses them.',
          affects: [],
        },
      ],
    },
  ],
  staysSilent: [
    {
      when: 'an endpoint without private DNS',
      account: account({
        restApis: [shared],
        vpcEndpoints: [vpcEndpoint('vpce-1', { privateDnsEnabled: false })],
      }),
    },
    {
      when: 'private APIs only',
      account: account({ restApis: [internal], vpcEndpoints: [vpcEndpoint('vpce-1')] }),
    },
    {
      when: 'a public API that domains alone serve',
      account: account({
        restApis: [restApi('shared', { disableExecuteApiEndpoint: true })],
        vpcEndpoints: [vpcEndpoint('vpce-1')],
      }),
    },
    {
      when: 'an endpoint that is going away',
      account: account({ restApis: [shared], vpcEndpoints: [vpcEndpoint('vpce-1', { state: 'deleting' })] }),
    },
  ],
  cannotTell: [
    {
      when: 'when the endpoints were denied',
      account: account({ restApis: [shared], vpcEndpoints: denied('DescribeVpcEndpoints') }),
      missing: ['DescribeVpcEndpoints'],
    },
  ],
  standsWithout: {
    'restApis.stages': 'an API has its host whatever its stages',
  },
});
