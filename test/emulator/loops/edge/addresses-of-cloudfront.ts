import { getOrders, ORDERS } from '../../loop-kit/calls';
import { makeDistribution } from '../../loop-kit/distributed-api';
import { distributionLoop } from '../../loop-kit/distribution-loop';
import { makeDeployedApi, STAGE } from '../../loop-kit/seed';
import { editWebAcl, guardStage, listedOnly, makeIpSet, setWebAcl } from '../../loop-kit/web-acl';

const FORWARDED = { HeaderName: 'X-Forwarded-For', FallbackBehavior: 'NO_MATCH', Position: 'LAST' } as const;

export default distributionLoop({
  fault: 'the web ACL compares the address of the connection, which is one of CloudFront',
  rule: 'waf/address-list-behind-cloudfront',
  seed: async (world) => {
    const restApiId = await makeDeployedApi(world, { verb: 'GET', path: ORDERS });
    const ipSet = await makeIpSet(world, world.callers);
    const acl = await guardStage(world, restApiId, {
      DefaultAction: { Allow: {} },
      Rules: [listedOnly(ipSet, FORWARDED)],
    });
    return { restApiId, distribution: await makeDistribution(world, restApiId), acl, ipSet };
  },
  call: async (_, { restApiId, distribution: { host } }) => getOrders(restApiId, { host }),
  breakIt: (world, { acl, ipSet }) =>
    setWebAcl(world, acl, { DefaultAction: { Allow: {} }, Rules: [listedOnly(ipSet)] }),
  subject: () => STAGE,
  edit: editWebAcl(
    `acl.Rules[0].Statement.NotStatement.Statement.IPSetReferenceStatement.IPSetForwardedIPConfig = ${JSON.stringify(FORWARDED)};`,
  ),
});
