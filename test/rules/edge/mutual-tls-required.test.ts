import rule from '../../../lambda/rules/edge/mutual-tls-required';
import { account, denied, domainName } from '../../support/build';
import { ruleTable } from '../../support/rule-table';

const withTruststore = (...warnings: readonly string[]) =>
  account({
    domains: [
      domainName('api.example.com', {
        mutualTls: { truststoreUri: 's3://trust/bundle.pem', truststoreVersion: 'v7', warnings },
      }),
    ],
  });

export default ruleTable(rule, {
  flags: [
    {
      when: 'a truststore',
      account: withTruststore(),
      expect: [
        {
          at: 'custom domain api.example.com',
          saying:
            'The domain api.example.com refuses clients without a certificate that its truststore signs.',
          affects: [],
        },
      ],
    },
    {
      when: 'a truststore that AWS warns of',
      account: withTruststore('Certificate 1 has expired'),
      expect: [
        {
          at: 'custom domain api.example.com',
          saying:
            'AWS gives 1 warning on the truststore of api.example.com: clients whose certificates rest on these entries are refused.',
          reach: 'some-calls',
        },
      ],
    },
  ],
  staysSilent: [
    { when: 'a domain without truststore', account: account({ domains: [domainName('api.example.com')] }) },
    { when: 'an account without domains', account: account() },
  ],
  cannotTell: [
    {
      when: 'when the domains were denied',
      account: account({ domains: denied('GetDomainNames') }),
      missing: ['GetDomainNames'],
    },
  ],
});
