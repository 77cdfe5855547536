import rule from '../../../lambda/rules/deployment/root-not-served';
import { account, denied, method, preflight, restApi, stage } from '../../support/build';
import { ruleTable } from '../../support/rule-table';

const proxy = method('ANY', '/{proxy+}');

export default ruleTable(rule, {
  flags: [
    {
      when: 'a greedy resource below the root',
      account: account({ restApis: [restApi('shop', { methods: [proxy] })] }),
      expect: [
        {
          at: 'shop (idshop) stage prod',
          saying:
            'Stage prod serves what lies below /, but no method for that path itself: a call there is refused as an unknown route.',
          affects: [],
        },
      ],
    },
    {
      when: 'a greedy resource below another path, after the next deployment',
      account: account({
        restApis: [
          restApi('shop', {
            methods: [method('GET', '/files/{proxy+}')],
            stages: [stage('prod', { methods: [method('GET', '/health')] })],
          }),
        ],
      }),
      expect: [
        {
          at: 'shop (idshop) stage prod',
          saying:
            'Stage prod serves what lies below /files, but no method for that path itself: a call there is refused as an unknown route.',
          when: 'after-next-deployment',
        },
      ],
    },
    {
      when: 'greedy resources below two paths, of which a parameter takes other verbs only',
      account: account({
        restApis: [
          restApi('shop', {
            methods: [
              method('POST', '/pages/{proxy+}'),
              method('POST', '/files/{proxy+}'),
              method('GET', '/{name}'),
            ],
          }),
        ],
      }),
      expect: [
        {
          at: 'shop (idshop) stage prod',
          saying:
            'Stage prod serves what lies below /files and /pages, but no method for these paths themselves: a call there is refused as an unknown route.',
        },
      ],
    },
  ],
  staysSilent: [
    {
      when: 'a root with its own method',
      account: account({ restApis: [restApi('shop', { methods: [proxy, method('ANY', '/')] })] }),
    },
    {
      when: 'a parent that another greedy resource serves',
      account: account({
        restApis: [
          restApi('shop', { methods: [proxy, method('GET', '/'), method('GET', '/files/{proxy+}')] }),
        ],
      }),
    },
    {
      when: 'a greedy resource for CORS only',
      account: account({ restApis: [restApi('shop', { methods: [preflight('/{proxy+}')] })] }),
    },
    {
      when: 'an API without a greedy resource and without a root method',
      account: account({ restApis: [restApi('shop', { methods: [method('GET', '/orders')] })] }),
    },
    {
      when: 'a parent with a method of another verb',
      account: account({
        restApis: [restApi('shop', { methods: [method('POST', '/{proxy+}'), method('GET', '/')] })],
      }),
    },
    {
      when: 'a parent that a parameter takes',
      account: account({
        restApis: [
          restApi('shop', { methods: [method('ANY', '/files/{proxy+}'), method('GET', '/{name}')] }),
        ],
      }),
    },
  ],
  cannotTell: [
    {
      when: 'when the methods were denied',
      account: account({ restApis: [restApi('shop', { methods: denied('GetResources') })] }),
      missing: ['GetResources'],
    },
  ],
});
