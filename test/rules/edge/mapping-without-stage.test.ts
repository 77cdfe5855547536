import rule from '../../../lambda/rules/edge/mapping-without-stage';
import { account, denied, domainName, restApi } from '../../support/build';
import { ruleTable } from '../../support/rule-table';

const mapping = (basePath: string, stage: string | null = null) => ({ basePath, restApiId: 'idshop', stage });
const shop = restApi('shop', { stages: ['prod', 'test'] });
const at = (given: Parameters<typeof domainName>[1], restApis = [shop]) =>
  account({ restApis, domains: [domainName('api.example.com', given)] });
const label = 'custom domain api.example.com';

export default ruleTable(rule, {
  flags: [
    {
      when: 'a mapping of the root that names no stage',
      account: at({ mappings: [mapping('')] }),
      expect: [
        {
          at: label,
          saying:
            'The base path "(none)" of api.example.com leads to shop (idshop) and names no stage: calls get through as https://api.example.com/prod/… only, with prod and test for the stage.',
          affects: [],
        },
      ],
    },
    {
      when: 'one of two mappings',
      account: at({ mappings: [mapping('', 'prod'), mapping('v1')] }),
      expect: [
        {
          at: label,
          saying:
            'The base path "v1" of api.example.com leads to shop (idshop) and names no stage: calls get through as https://api.example.com/v1/prod/… only, with prod and test for the stage.',
        },
      ],
    },
  ],
  staysSilent: [
    {
      when: 'mappings that name a stage',
      account: at({ mappings: [mapping('', 'prod'), mapping('v1', 'test')] }),
    },
    {
      when: 'a mapping that the routing mode leaves out of force',
      account: at({ routingMode: 'ROUTING_RULE_ONLY', mappings: [mapping('')] }),
    },
    {
      when: 'an API that is not there, or is of another kind: another rule says the first',
      account: at({ mappings: [{ basePath: '', restApiId: 'other', stage: null }] }),
    },
    {
      when: 'an API without a stage: another rule says that',
      account: at({ mappings: [mapping('')] }, [restApi('shop', { stages: [] })]),
    },
  ],
  cannotTell: [
    {
      when: 'when the domains were denied',
      account: account({ restApis: [shop], domains: denied('GetDomainNames') }),
      missing: ['GetDomainNames'],
    },
    {
      when: 'when the mappings were denied',
      account: at({ mappings: denied('GetBasePathMappings') }),
      missing: ['GetBasePathMappings'],
    },
    {
      when: 'when the stages were denied',
      account: at({ mappings: [mapping('')] }, [restApi('shop', { stages: denied('GetStages') })]),
      missing: ['GetStages'],
    },
  ],
});
