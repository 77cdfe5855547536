import rule from '../../../lambda/rules/edge/cloudfront-path-not-served';
import type { Distribution } from '../../../lambda/model/edge';
import { account, denied, method, restApi, stage } from '../../support/build';
import { apiOrigin, behavior, distribution } from '../../support/distribution';
import { ruleTable } from '../../support/rule-table';

const shop = restApi('shop', { methods: [method('GET', '/orders'), method('GET', '/pets/{id}')] });
const at = (given: Distribution, api = shop) => account({ restApis: [api], distributions: [given] });
const to = (pattern: string, originPath = '/prod') =>
  distribution([apiOrigin('idshop', originPath)], [behavior(pattern, 'idshop'), behavior('*', 'site')]);
const unread = restApi('shop', { stages: [stage('prod', { methods: denied('GetExport') })] });
const label = 'CloudFront distribution E1 (www.example.com)';
const says = (pattern: string, asked: string) =>
  [
    {
      at: label,
      saying: `Behaviour "${pattern}" of distribution E1 asks for ${asked} at shop (idshop), of which no stage serves a path like that, unless a function at the edge rewrites it.`,
      affects: [],
    },
  ] as const;

export default ruleTable(rule, {
  flags: [
    {
      when: 'a prefix that the API does not know',
      account: at(to('/api/*')),
      expect: says('/api/*', '/prod/api/*'),
    },
    {
      when: 'a pattern without the slash in front',
      account: at(to('api/*')),
      expect: says('api/*', '/prod/api/*'),
    },
    {
      when: 'no origin path, so that the prefix is taken for the stage',
      account: at(to('/orders/*', '')),
      expect: says('/orders/*', '/orders/*'),
    },
    {
      when: 'an origin path that is no stage, for all calls',
      account: at(distribution([apiOrigin('idshop', '/dev')], [behavior('*', 'idshop')])),
      expect: says('*', '/dev/*'),
    },
    {
      when: 'a stage whose methods could not be read, and that the calls do not reach',
      account: at(to('/api/*', '/dev'), unread),
      expect: says('/api/*', '/dev/api/*'),
    },
  ],
  staysSilent: [
    {
      when: 'all paths of a stage',
      account: at(distribution([apiOrigin('idshop')], [behavior('*', 'idshop')])),
    },
    {
      when: 'all paths, the stage in the path of the viewer',
      account: at(distribution([apiOrigin('idshop', '')], [behavior('*', 'idshop')])),
    },
    { when: 'a pattern for paths that the API serves', account: at(to('/pets/*')) },
    { when: 'a path with a slash at its end', account: at(to('/orders/*')) },
    { when: 'the prefix that is the stage', account: at(to('/prod/*', '')) },
    {
      when: 'a prefix that a greedy resource takes',
      account: at(to('/api/*'), restApi('shop', { methods: [method('ANY', '/{proxy+}')] })),
    },
    {
      when: 'the root alone',
      account: at(to('/'), restApi('shop', { methods: [method('GET', '/')] })),
    },
    {
      when: 'an API without a stage: another rule says that',
      account: at(to('/api/*'), restApi('shop', { stages: [] })),
    },
    { when: 'a distribution that is off', account: at({ ...to('/api/*'), enabled: false }) },
    {
      when: 'an origin that is something else',
      account: at(distribution([apiOrigin('idother')], [behavior('/api/*', 'idother')])),
    },
  ],
  cannotTell: [
    {
      when: 'when the distributions were denied',
      account: account({ restApis: [shop], distributions: denied('ListDistributions') }),
      missing: ['ListDistributions'],
    },
    {
      when: 'when the stages were denied',
      account: at(to('/api/*'), restApi('shop', { stages: denied('GetStages') })),
      missing: ['GetStages'],
    },
    {
      when: 'when the methods of the stage were denied',
      account: at(to('/api/*'), unread),
      missing: ['GetExport'],
    },
  ],
});
