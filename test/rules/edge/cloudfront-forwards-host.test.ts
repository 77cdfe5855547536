import rule from '../../../lambda/rules/edge/cloudfront-forwards-host';
import type { Distribution } from '../../../lambda/model/edge';
import { account, denied, method, restApi } from '../../support/build';
import { apiOrigin, behavior, distribution, forwarding } from '../../support/distribution';
import { ruleTable } from '../../support/rule-table';

const shop = restApi('shop', { methods: [method('GET', '/orders')] });
const withHost = forwarding({ mode: 'all', headers: [], forwardsHost: true });
const at = (...distributions: readonly Distribution[]) => account({ restApis: [shop], distributions });

export default ruleTable(rule, {
  flags: [
    {
      when: 'a behaviour that forwards the Host of the viewer',
      account: at(distribution([apiOrigin('idshop')], [behavior('*', 'idshop', withHost)])),
      expect: [
        {
          at: 'CloudFront distribution E1 (www.example.com)',
          saying:
            'Distribution E1 sends the viewer\'s Host header to idshop.execute-api.eu-west-1.amazonaws.com (behaviour "*"), which answers only to its own name.',
          affects: ['prod GET /orders'],
        },
      ],
    },
    {
      when: 'the Host of viewers in China, where AWS has a domain of its own',
      account: account({
        restApis: [shop],
        partition: 'aws-cn',
        region: 'cn-north-1',
        distributions: [
          distribution(
            [
              apiOrigin('idshop', '/prod', {
                domainName: 'idshop.execute-api.cn-north-1.amazonaws.com.cn',
              }),
            ],
            [behavior('/orders', 'idshop', withHost), behavior('/', 'idshop', withHost)],
          ),
        ],
      }),
      expect: [
        {
          at: 'CloudFront distribution E1 (www.example.com)',
          saying:
            'Distribution E1 sends the viewer\'s Host header to idshop.execute-api.cn-north-1.amazonaws.com.cn (behaviour "/orders"), which answers only to its own name.',
        },
      ],
    },
  ],
  staysSilent: [
    {
      when: 'all headers but Host',
      account: at(distribution([apiOrigin('idshop')], [behavior('*', 'idshop')])),
    },
    {
      when: 'the Host in front of a custom domain, which may have that name',
      account: at(
        distribution(
          [apiOrigin('idshop', '', { domainName: 'www.example.com' })],
          [behavior('*', 'idshop', withHost)],
        ),
      ),
    },
    {
      when: 'another origin that gets the Host',
      account: at(
        distribution(
          [apiOrigin('idshop')],
          [behavior('/orders', 'idshop'), behavior('*', 'website', withHost)],
        ),
      ),
    },
  ],
  cannotTell: [
    {
      when: 'when the distributions were denied',
      account: account({ restApis: [shop], distributions: denied('ListDistributions') }),
      missing: ['ListDistributions'],
    },
    {
      when: 'when the policy of the behaviour was denied',
      account: at(
        distribution([apiOrigin('idshop')], [behavior('*', 'idshop', denied('GetOriginRequestPolicy'))]),
      ),
      missing: ['GetOriginRequestPolicy'],
    },
    {
      when: 'when the stages were denied',
      account: account({
        restApis: [restApi('shop', { stages: denied('GetStages') })],
        distributions: [distribution([apiOrigin('idshop')], [behavior('*', 'idshop', withHost)])],
      }),
      missing: ['GetStages'],
    },
    {
      when: 'when the deployed methods were denied',
      account: account({
        restApis: [restApi('shop', { methods: denied('GetDeployment') })],
        distributions: [distribution([apiOrigin('idshop')], [behavior('*', 'idshop', withHost)])],
      }),
      missing: ['GetDeployment'],
    },
  ],
});
